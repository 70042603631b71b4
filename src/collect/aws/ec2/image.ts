import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { all, get, lift, timeAt } from '../json.js';
import { describe } from './describe.js';

const SNAPSHOT_PATHS = {
  data_encryption_key_id: 'DataEncryptionKeyId',
  description: 'Description',
  encrypted: 'Encrypted',
  kms_key_id: 'KmsKeyId',
  outpost_arn: 'OutpostArn',
  owner_alias: 'OwnerAlias',
  owner_id: 'OwnerId',
  storage_tier: 'StorageTier',
  volume_id: 'VolumeId',
  volume_size: 'VolumeSize',
} as const;

/** A snapshot of the account's own. Which accounts it is shared with would be asked of each; whether with all, a list says. */
export const ebsSnapshot: Collector = {
  type: 'aws_ebs_snapshot',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: { ...describe('DescribeSnapshots', 'Snapshots.*'), input: { OwnerIds: ['self'] } },
  joins: {
    shared: {
      from: {
        ...describe('DescribeSnapshots', 'Snapshots.*'),
        input: { OwnerIds: ['self'], RestorableByUserIds: ['all'] },
      },
      on: ['SnapshotId', 'SnapshotId'],
      feeds: ['$is_public'],
    },
  },
  tells: [...Object.keys(SNAPSHOT_PATHS), 'tags'],
  id: 'SnapshotId',
  arn: 'arn:{@partition}:ec2:{@region}::snapshot/{SnapshotId}',
  project: (item, parts) => {
    const shared = parts['shared'];
    return {
      properties: { ...lift(item, SNAPSHOT_PATHS), tags: tagMap(item) },
      live: {
        ...lift(item, { start_time: 'StartTime', state: 'State' }),
        is_public: Array.isArray(shared) ? shared.length > 0 : undefined,
      },
    };
  },
};

const IMAGE_PATHS = {
  architecture: 'Architecture',
  boot_mode: 'BootMode',
  deprecation_time: 'DeprecationTime',
  description: 'Description',
  ena_support: 'EnaSupport',
  hypervisor: 'Hypervisor',
  image_location: 'ImageLocation',
  image_owner_alias: 'ImageOwnerAlias',
  image_type: 'ImageType',
  imds_support: 'ImdsSupport',
  kernel_id: 'KernelId',
  name: 'Name',
  owner_id: 'OwnerId',
  platform: 'Platform',
  platform_details: 'PlatformDetails',
  public: 'Public',
  ramdisk_id: 'RamdiskId',
  root_device_name: 'RootDeviceName',
  sriov_net_support: 'SriovNetSupport',
  tpm_support: 'TpmSupport',
  usage_operation: 'UsageOperation',
  virtualization_type: 'VirtualizationType',
} as const;

/** An image of the account's own, those included that nobody may launch at present. */
export const image: Collector = {
  type: 'aws_ami',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: { ...describe('DescribeImages', 'Images.*'), input: { IncludeDisabled: true, Owners: ['self'] } },
  tells: [...Object.keys(IMAGE_PATHS), 'ebs_block_device', 'ephemeral_block_device', 'tags'],
  id: 'ImageId',
  arn: 'arn:{@partition}:ec2:{@region}::image/{ImageId}',
  project: (item) => ({
    properties: {
      ...lift(item, IMAGE_PATHS),
      ebs_block_device: all(item, 'BlockDeviceMappings.*').filter(isEbs).map(toDisk),
      ephemeral_block_device: all(item, 'BlockDeviceMappings.*')
        .filter((mapping) => get(mapping, 'VirtualName') !== undefined)
        .map((mapping) => lift(mapping, { device_name: 'DeviceName', virtual_name: 'VirtualName' })),
      tags: tagMap(item),
    },
    live: { ...lift(item, { is_public: 'Public', state: 'State' }), creation_date: timeAt(item, 'CreationDate') },
  }),
};

function isEbs(mapping: SnapshotJson): boolean {
  return get(mapping, 'Ebs') !== undefined;
}

function toDisk(mapping: SnapshotJson): Loose {
  return lift(mapping, {
    delete_on_termination: 'Ebs.DeleteOnTermination',
    device_name: 'DeviceName',
    encrypted: 'Ebs.Encrypted',
    iops: 'Ebs.Iops',
    snapshot_id: 'Ebs.SnapshotId',
    throughput: 'Ebs.Throughput',
    volume_size: 'Ebs.VolumeSize',
    volume_type: 'Ebs.VolumeType',
  });
}

/** `[{ Key: 'a', Value: 1 }]` → `{ a: 1 }`; a resource of EC2 without tags has none of them in its answer. */
function tagMap(item: SnapshotJson): Loose {
  return Object.fromEntries(all(item, 'Tags.*').map((tag) => [String(get(tag, 'Key')), get(tag, 'Value')]));
}
