import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { each, get, lift, where } from '../json.js';

/** What AWS Config records, and whether it does. */
export const configurationRecorder: Collector = {
  type: 'AWS::Config::ConfigurationRecorder',
  service: 'config',
  version: 1,
  scope: 'region',
  list: {
    call: 'config:DescribeConfigurationRecorders',
    permission: 'config:DescribeConfigurationRecorders',
    items: 'ConfigurationRecorders.*',
  },
  joins: {
    status: {
      from: {
        call: 'config:DescribeConfigurationRecorderStatus',
        permission: 'config:DescribeConfigurationRecorderStatus',
        items: 'ConfigurationRecordersStatus.*',
      },
      on: ['name', 'name'],
      isWhole: true,
      feeds: ['$last_status', '$recording'],
    },
  },
  tells: ['Name', 'RecordingGroup', 'RecordingMode', 'RoleARN'],
  id: 'name',
  arn: '{arn}',
  unread: ['StartedOnCreate'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { Name: 'name', RoleARN: 'roleARN' }),
      RecordingGroup: where(get(item, 'recordingGroup'), toGroup),
      RecordingMode: where(get(item, 'recordingMode'), (mode) => ({
        RecordingFrequency: get(mode, 'recordingFrequency'),
        RecordingModeOverrides: each(mode, 'recordingModeOverrides', (one) =>
          lift(one, {
            Description: 'description',
            RecordingFrequency: 'recordingFrequency',
            ResourceTypes: 'resourceTypes',
          }),
        ),
      })),
    },
    live: lift(parts['status'], { last_status: '0.lastStatus', recording: '0.recording' }),
  }),
};

function toGroup(group: SnapshotJson): Loose {
  return {
    ...lift(group, {
      AllSupported: 'allSupported',
      IncludeGlobalResourceTypes: 'includeGlobalResourceTypes',
      ResourceTypes: 'resourceTypes',
    }),
    ExclusionByResourceTypes: where(get(group, 'exclusionByResourceTypes'), (exclusion) =>
      lift(exclusion, { ResourceTypes: 'resourceTypes' }),
    ),
    RecordingStrategy: where(get(group, 'recordingStrategy'), (strategy) => lift(strategy, { UseOnly: 'useOnly' })),
  };
}

export const deliveryChannel: Collector = {
  type: 'AWS::Config::DeliveryChannel',
  service: 'config',
  version: 1,
  scope: 'region',
  list: {
    call: 'config:DescribeDeliveryChannels',
    permission: 'config:DescribeDeliveryChannels',
    items: 'DeliveryChannels.*',
  },
  tells: ['ConfigSnapshotDeliveryProperties', 'Name', 'S3BucketName', 'S3KeyPrefix', 'S3KmsKeyArn', 'SnsTopicARN'],
  id: 'name',
  project: (item) => ({
    properties: {
      ...lift(item, { Name: 'name', S3BucketName: 's3BucketName', S3KeyPrefix: 's3KeyPrefix' }),
      ...lift(item, { S3KmsKeyArn: 's3KmsKeyArn', SnsTopicARN: 'snsTopicARN' }),
      ConfigSnapshotDeliveryProperties: where(get(item, 'configSnapshotDeliveryProperties'), (delivery) =>
        lift(delivery, { DeliveryFrequency: 'deliveryFrequency' }),
      ),
    },
  }),
};
