import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector } from '../collector.js';
import { each, get, lift, NONE, pick, textAt, timeAt, where } from '../json.js';

const gone = ['TrailNotFoundException'];

/**
 * A trail, asked for in its home region by its ARN: elsewhere its shadow says less. That of the organization is a shadow in
 * the accounts that are its members: without shadows they would seem to have none.
 */
export const trail: Collector = {
  type: 'AWS::CloudTrail::Trail',
  service: 'cloudtrail',
  version: 1,
  scope: 'region',
  list: {
    call: 'cloudtrail:DescribeTrails',
    permission: 'cloudtrail:DescribeTrails',
    input: { includeShadowTrails: true },
    items: 'trailList.*',
  },
  only: [{ path: 'HomeRegion', sameAs: '@region' }],
  each: {
    status: {
      call: 'cloudtrail:GetTrailStatus',
      permission: 'cloudtrail:GetTrailStatus',
      input: { Name: '{TrailARN}' },
      proof: ['IsLogging'],
      gone,
      feeds: ['IsLogging', '$latest_delivery_error', '$latest_delivery_time', '$start_logging_time'],
    },
    selectors: {
      call: 'cloudtrail:GetEventSelectors',
      permission: 'cloudtrail:GetEventSelectors',
      input: { TrailName: '{TrailARN}' },
      proof: ['EventSelectors', 'AdvancedEventSelectors'],
      gone,
      feeds: ['AdvancedEventSelectors', 'EventSelectors'],
    },
    insights: {
      call: 'cloudtrail:GetInsightSelectors',
      permission: 'cloudtrail:GetInsightSelectors',
      input: { TrailName: '{TrailARN}' },
      when: [{ path: 'HasInsightSelectors', equals: true }],
      answer: 'InsightSelectors',
      absent: { InsightNotEnabledException: [] },
      gone,
      feeds: ['InsightSelectors'],
    },
    tags: {
      call: 'cloudtrail:ListTags',
      permission: 'cloudtrail:ListTags',
      input: { ResourceIdList: ['{TrailARN}'] },
      answer: 'ResourceTagList',
      gone,
      feeds: ['Tags'],
    },
  },
  tells: [
    'CloudWatchLogsLogGroupArn',
    'CloudWatchLogsRoleArn',
    'EnableLogFileValidation',
    'IncludeGlobalServiceEvents',
    'IsMultiRegionTrail',
    'IsOrganizationTrail',
    'KMSKeyId',
    'S3BucketName',
    'S3KeyPrefix',
    'SnsTopicName',
    'TrailName',
  ],
  id: 'Name',
  arn: '{TrailARN}',
  unread: ['AggregationConfigurations'],
  sets: ['Tags'],
  usage: ['latest_delivery_time'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'IncludeGlobalServiceEvents', 'IsMultiRegionTrail', 'IsOrganizationTrail', 'S3BucketName'),
      ...lift(item, {
        CloudWatchLogsLogGroupArn: 'CloudWatchLogsLogGroupArn',
        CloudWatchLogsRoleArn: 'CloudWatchLogsRoleArn',
        EnableLogFileValidation: 'LogFileValidationEnabled',
        KMSKeyId: 'KmsKeyId',
        S3KeyPrefix: 'S3KeyPrefix',
        SnsTopicName: 'SnsTopicName',
        TrailName: 'Name',
      }),
      IsLogging: get(parts['status'], 'IsLogging'),
      EventSelectors: where(parts['selectors'], (selectors) => each(selectors, 'EventSelectors', toEventSelector)),
      AdvancedEventSelectors: where(parts['selectors'], (selectors) =>
        each(selectors, 'AdvancedEventSelectors', toAdvancedSelector),
      ),
      InsightSelectors: where(parts['insights'], (selectors) =>
        each(selectors, '', (one) => pick(one, 'EventCategories', 'InsightType')),
      ),
      Tags: where(parts['tags'], (tags) => each(tags, '0.TagsList', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: {
      ...lift(item, { home_region: 'HomeRegion' }),
      latest_delivery_error: where(parts['status'], (status) => textAt(status, 'LatestDeliveryError') || NONE),
      latest_delivery_time: where(parts['status'], (status) => timeAt(status, 'LatestDeliveryTime') ?? NONE),
      // Since when it records, if it does.
      start_logging_time: where(parts['status'], (status) => timeAt(status, 'StartLoggingTime') ?? NONE),
    },
  }),
};

function toEventSelector(selector: SnapshotJson) {
  return {
    ...pick(selector, 'ExcludeManagementEventSources', 'IncludeManagementEvents', 'ReadWriteType'),
    DataResources: each(selector, 'DataResources', (resource) => pick(resource, 'Type', 'Values')),
  };
}

function toAdvancedSelector(selector: SnapshotJson) {
  return {
    Name: get(selector, 'Name'),
    FieldSelectors: each(selector, 'FieldSelectors', (field) => ({
      ...pick(field, 'EndsWith', 'Equals', 'Field', 'NotEndsWith', 'NotEquals', 'NotStartsWith', 'StartsWith'),
    })),
  };
}
