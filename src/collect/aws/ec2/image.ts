import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion, ItemOperation, Loose } from '../collector.js';
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

/** Asked only on request: for each of them a call. */
const sharing = (operation: string, input: ItemOperation['input'], answer: string, feed: string): ItemOperation => ({
  call: `ec2:${operation}`,
  permission: `ec2:${operation}`,
  input: input ?? {},
  answer,
  gone: ['InvalidSnapshot.NotFound', 'InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'],
  feeds: [feed],
  isDeep: true,
});

/** A snapshot of the account's own. Which accounts it is shared with is asked of each; whether with all, a list says. */
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
  each: {
    permissions: sharing(
      'DescribeSnapshotAttribute',
      { Attribute: 'createVolumePermission', SnapshotId: '{SnapshotId}' },
      'CreateVolumePermissions',
      '@create_volume_permission',
    ),
  },
  beside: { aws_snapshot_create_volume_permission: 'ec2:DescribeSnapshotAttribute' },
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
      also: all(parts['permissions'], '*').flatMap((permission) => {
        const account_id = get(permission, 'UserId');
        if (account_id === undefined) return [];
        const snapshot_id = get(item, 'SnapshotId');
        const id = `${snapshot_id}-${account_id}`;
        return [{ type: 'aws_snapshot_create_volume_permission', id, properties: { account_id, snapshot_id } }];
      }),
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
  each: {
    permissions: sharing(
      'DescribeImageAttribute',
      { Attribute: 'launchPermission', ImageId: '{ImageId}' },
      'LaunchPermissions',
      '@launch_permission',
    ),
  },
  beside: { aws_ami_launch_permission: 'ec2:DescribeImageAttribute' },
  tells: [...Object.keys(IMAGE_PATHS), 'ebs_block_device', 'ephemeral_block_device', 'tags'],
  id: 'ImageId',
  arn: 'arn:{@partition}:ec2:{@region}::image/{ImageId}',
  project: (item, parts) => ({
    properties: {
      ...lift(item, IMAGE_PATHS),
      ebs_block_device: all(item, 'BlockDeviceMappings.*').filter(isEbs).map(toDisk),
      ephemeral_block_device: all(item, 'BlockDeviceMappings.*')
        .filter((mapping) => get(mapping, 'VirtualName') !== undefined)
        .map((mapping) => lift(mapping, { device_name: 'DeviceName', virtual_name: 'VirtualName' })),
      tags: tagMap(item),
    },
    live: { ...lift(item, { is_public: 'Public', state: 'State' }), creation_date: timeAt(item, 'CreationDate') },
    also: all(parts['permissions'], '*').map((permission) => launchPermission(item, permission)),
  }),
};

function launchPermission(item: SnapshotJson, permission: SnapshotJson): Companion {
  const image_id = get(item, 'ImageId');
  const to = lift(permission, {
    account_id: 'UserId',
    group: 'Group',
    organization_arn: 'OrganizationArn',
    organizational_unit_arn: 'OrganizationalUnitArn',
  });
  const named = Object.values(to).find((one) => one !== undefined);
  return { type: 'aws_ami_launch_permission', id: `${image_id}-${named}`, properties: { image_id, ...to } };
}

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
