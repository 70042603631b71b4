import { defineResourceType } from '../../entries.js';

export const dbClusterSnapshot = defineResourceType({
  type: 'aws_db_cluster_snapshot',
  identity: {
    same: [['db_cluster_snapshot_identifier', 'id'], ['db_cluster_snapshot_arn']],
    unique: { db_cluster_snapshot_identifier: 'region', id: 'region', db_cluster_snapshot_arn: 'global' },
  },
  links: { db_cluster_identifier: 'aws_rds_cluster', kms_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
