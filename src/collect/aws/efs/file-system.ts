import type { Collector, ItemOperation } from '../collector.js';
import { documentOf, each, get, lift, NONE, pick, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `efs:${operation}`,
  permission: `elasticfilesystem:${operation}`,
  input: { FileSystemId: '{FileSystemId}' },
  gone: ['FileSystemNotFound'],
  ...rest,
});

export const fileSystem: Collector = {
  type: 'AWS::EFS::FileSystem',
  service: 'efs',
  version: 1,
  scope: 'region',
  list: {
    call: 'efs:DescribeFileSystems',
    permission: 'elasticfilesystem:DescribeFileSystems',
    pages: { input: 'Marker', output: 'NextMarker', limit: ['MaxItems', 100] },
    items: 'FileSystems.*',
  },
  each: {
    policy: of('DescribeFileSystemPolicy', {
      answer: 'Policy',
      absent: { PolicyNotFound: NONE },
      feeds: ['FileSystemPolicy'],
    }),
    backup: of('DescribeBackupPolicy', {
      answer: 'BackupPolicy',
      absent: { PolicyNotFound: NONE },
      feeds: ['BackupPolicy'],
    }),
    lifecycle: of('DescribeLifecycleConfiguration', { answer: 'LifecyclePolicies', feeds: ['LifecyclePolicies'] }),
  },
  tells: [
    'AvailabilityZoneName',
    'Encrypted',
    'FileSystemProtection',
    'FileSystemTags',
    'KmsKeyId',
    'PerformanceMode',
    'ProvisionedThroughputInMibps',
    'ThroughputMode',
  ],
  id: 'FileSystemId',
  arn: '{FileSystemArn}',
  unread: ['BypassPolicyLockoutSafetyCheck', 'ReplicationConfiguration'],
  sets: ['FileSystemTags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'AvailabilityZoneName', 'Encrypted', 'KmsKeyId', 'PerformanceMode'),
      ...pick(item, 'ProvisionedThroughputInMibps', 'ThroughputMode'),
      BackupPolicy: where(parts['backup'], (backup) => pick(backup, 'Status')),
      FileSystemPolicy: where(parts['policy'], documentOf),
      FileSystemProtection: where(get(item, 'FileSystemProtection'), (protection) =>
        pick(protection, 'ReplicationOverwriteProtection'),
      ),
      FileSystemTags: each(item, 'Tags', (tag) => pick(tag, 'Key', 'Value')),
      LifecyclePolicies: where(parts['lifecycle'], (policies) =>
        each(policies, '', (policy) =>
          pick(policy, 'TransitionToArchive', 'TransitionToIA', 'TransitionToPrimaryStorageClass'),
        ),
      ),
    },
    live: lift(item, { owner_id: 'OwnerId', number_of_mount_targets: 'NumberOfMountTargets' }),
  }),
};
