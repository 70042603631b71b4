import type { SnapshotGap, SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type ItemOperation, type Loose, notTold } from '../collector.js';
import { all, get, lift } from '../json.js';
import { list } from './list.js';

const attributesOf = (
  operation: string,
  member: string,
  id: string,
): Readonly<Record<'attributes', ItemOperation>> => ({
  attributes: {
    call: `rds:${operation}`,
    permission: `rds:${operation}`,
    input: { [id]: `{${id}}` },
    // Only what was made by hand can be shared.
    when: [{ path: 'SnapshotType', equals: 'manual' }],
    answer: member,
    gone: ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault', 'DBClusterSnapshotNotFoundFault'],
    feeds: ['shared_accounts'],
  },
});

const INSTANCE_PATHS = {
  allocated_storage: 'AllocatedStorage',
  availability_zone: 'AvailabilityZone',
  db_instance_identifier: 'DBInstanceIdentifier',
  db_snapshot_arn: 'DBSnapshotArn',
  db_snapshot_identifier: 'DBSnapshotIdentifier',
  encrypted: 'Encrypted',
  engine: 'Engine',
  engine_version: 'EngineVersion',
  iops: 'Iops',
  kms_key_id: 'KmsKeyId',
  license_model: 'LicenseModel',
  option_group_name: 'OptionGroupName',
  port: 'Port',
  snapshot_type: 'SnapshotType',
  source_db_snapshot_identifier: 'SourceDBSnapshotIdentifier',
  source_region: 'SourceRegion',
  status: 'Status',
  storage_type: 'StorageType',
  vpc_id: 'VpcId',
} as const;

export const dbSnapshot: Collector = {
  type: 'aws_db_snapshot',
  service: 'rds',
  version: 1,
  scope: 'region',
  list: list('DescribeDBSnapshots', 'DBSnapshots.*'),
  each: attributesOf(
    'DescribeDBSnapshotAttributes',
    'DBSnapshotAttributesResult.DBSnapshotAttributes',
    'DBSnapshotIdentifier',
  ),
  tells: [...Object.keys(INSTANCE_PATHS), 'tags'],
  id: 'DBSnapshotIdentifier',
  arn: '{DBSnapshotArn}',
  sets: ['shared_accounts'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, INSTANCE_PATHS),
      tags: tagMap(item),
      ...sharing(item, parts['attributes'], 'rds:DescribeDBSnapshotAttributes').told,
    },
    live: lift(item, { snapshot_create_time: 'SnapshotCreateTime' }),
    gaps: sharing(item, parts['attributes'], 'rds:DescribeDBSnapshotAttributes').gaps,
  }),
};

const CLUSTER_PATHS = {
  allocated_storage: 'AllocatedStorage',
  availability_zones: 'AvailabilityZones',
  db_cluster_identifier: 'DBClusterIdentifier',
  db_cluster_snapshot_arn: 'DBClusterSnapshotArn',
  db_cluster_snapshot_identifier: 'DBClusterSnapshotIdentifier',
  engine: 'Engine',
  engine_version: 'EngineVersion',
  kms_key_id: 'KmsKeyId',
  license_model: 'LicenseModel',
  port: 'Port',
  snapshot_type: 'SnapshotType',
  source_db_cluster_snapshot_arn: 'SourceDBClusterSnapshotArn',
  status: 'Status',
  storage_encrypted: 'StorageEncrypted',
  vpc_id: 'VpcId',
} as const;

export const dbClusterSnapshot: Collector = {
  type: 'aws_db_cluster_snapshot',
  service: 'rds',
  version: 1,
  scope: 'region',
  list: list('DescribeDBClusterSnapshots', 'DBClusterSnapshots.*'),
  each: attributesOf(
    'DescribeDBClusterSnapshotAttributes',
    'DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes',
    'DBClusterSnapshotIdentifier',
  ),
  tells: [...Object.keys(CLUSTER_PATHS), 'tags'],
  id: 'DBClusterSnapshotIdentifier',
  arn: '{DBClusterSnapshotArn}',
  sets: ['availability_zones', 'shared_accounts'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, CLUSTER_PATHS),
      tags: tagMap(item),
      ...sharing(item, parts['attributes'], 'rds:DescribeDBClusterSnapshotAttributes').told,
    },
    live: lift(item, { snapshot_create_time: 'SnapshotCreateTime' }),
    gaps: sharing(item, parts['attributes'], 'rds:DescribeDBClusterSnapshotAttributes').gaps,
  }),
};

/** The accounts that may restore it, `all` for everybody. Of kinds of snapshots that are neither of the two it is not known. */
function sharing(
  item: SnapshotJson,
  attributes: SnapshotJson | undefined,
  operation: string,
): { readonly told: { readonly shared_accounts?: Loose }; readonly gaps: readonly SnapshotGap[] } {
  const type = get(item, 'SnapshotType');
  if (type === 'automated') return { told: { shared_accounts: [] }, gaps: [] };
  if (type === 'manual' && attributes === undefined) return { told: {}, gaps: [] };
  const restore = all(attributes, '*').find((one) => get(one, 'AttributeName') === 'restore');
  if (restore !== undefined) return { told: { shared_accounts: all(restore, 'AttributeValues.*') }, gaps: [] };
  return { told: {}, gaps: [notTold('shared_accounts', operation)] };
}

function tagMap(item: SnapshotJson): Loose {
  return Object.fromEntries(all(item, 'TagList.*').map((tag) => [String(get(tag, 'Key')), get(tag, 'Value')]));
}
