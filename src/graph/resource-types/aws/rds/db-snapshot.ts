import { defineResourceType } from '../../entries.js';

export const dbSnapshot = defineResourceType({
  type: 'aws_db_snapshot',
  identity: {
    same: [['db_snapshot_identifier', 'id'], ['db_snapshot_arn']],
    unique: { db_snapshot_identifier: 'region', id: 'region', db_snapshot_arn: 'global' },
  },
  links: { db_instance_identifier: 'aws_db_instance', kms_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
