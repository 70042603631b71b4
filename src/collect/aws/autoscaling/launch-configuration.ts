import type { Collector } from '../collector.js';
import { each, get, pick, pickFilled, where } from '../json.js';
import { list } from './list.js';

export const launchConfiguration: Collector = {
  type: 'AWS::AutoScaling::LaunchConfiguration',
  service: 'autoscaling',
  version: 1,
  scope: 'region',
  list: list('DescribeLaunchConfigurations', 'LaunchConfigurations.*'),
  tells: [
    'AssociatePublicIpAddress',
    'BlockDeviceMappings',
    'ClassicLinkVPCId',
    'ClassicLinkVPCSecurityGroups',
    'EbsOptimized',
    'IamInstanceProfile',
    'ImageId',
    'InstanceMonitoring',
    'InstanceType',
    'KernelId',
    'KeyName',
    'LaunchConfigurationName',
    'MetadataOptions',
    'PlacementTenancy',
    'RamDiskId',
    'SecurityGroups',
    'SpotPrice',
    'UserData',
  ],
  id: 'LaunchConfigurationName',
  arn: '{LaunchConfigurationARN}',
  unread: ['InstanceId'],
  sets: ['SecurityGroups'],
  secrets: ['UserData'],
  project: (item) => ({
    properties: {
      ...pick(item, 'AssociatePublicIpAddress', 'ClassicLinkVPCSecurityGroups', 'EbsOptimized', 'ImageId'),
      ...pick(item, 'InstanceType', 'LaunchConfigurationName', 'PlacementTenancy', 'SecurityGroups', 'SpotPrice'),
      ...pickFilled(item, 'ClassicLinkVPCId', 'IamInstanceProfile', 'KernelId', 'KeyName', 'UserData'),
      BlockDeviceMappings: each(item, 'BlockDeviceMappings', (mapping) => ({
        ...pick(mapping, 'DeviceName', 'NoDevice', 'VirtualName'),
        Ebs: where(get(mapping, 'Ebs'), (ebs) => ({
          ...pick(ebs, 'DeleteOnTermination', 'Encrypted', 'Iops', 'SnapshotId', 'Throughput'),
          ...pick(ebs, 'VolumeSize', 'VolumeType'),
        })),
      })),
      InstanceMonitoring: get(item, 'InstanceMonitoring.Enabled'),
      MetadataOptions: where(get(item, 'MetadataOptions'), (options) =>
        pick(options, 'HttpEndpoint', 'HttpPutResponseHopLimit', 'HttpTokens'),
      ),
      RamDiskId: pickFilled(item, 'RamdiskId')['RamdiskId'],
    },
  }),
};
