import type { Collector } from '../collector.js';
import { all, get, lift, pick, where } from '../json.js';
import { describe } from './describe.js';

export const volumes = describe('DescribeVolumes', 'Volumes.*', 500);

/** Called and shaped alike by the operation and by CloudFormation. */
const COPIED = [
  'AvailabilityZone',
  'AvailabilityZoneId',
  'Encrypted',
  'Iops',
  'KmsKeyId',
  'MultiAttachEnabled',
  'OutpostArn',
  'Size',
  'SnapshotId',
  'SourceVolumeId',
  'Tags',
  'Throughput',
  'VolumeInitializationRate',
  'VolumeType',
];

export const volume: Collector = {
  type: 'AWS::EC2::Volume',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: volumes,
  tells: COPIED,
  id: 'VolumeId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:volume/{VolumeId}',
  unread: ['AutoEnableIO'],
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, ...COPIED),
    live: {
      ...lift(item, { id: 'VolumeId', create_time: 'CreateTime', state: 'State' }),
      attachments: where(get(item, 'Attachments'), (attached) => all(attached, '*').length),
    },
  }),
};
