import { defineResourceType } from '../../entries.js';

export const replicationGroup = defineResourceType({
  type: 'aws_elasticache_replication_group',
  identity: {
    same: [['replication_group_id', 'id'], ['arn']],
    unique: { replication_group_id: 'region', id: 'region', arn: 'global' },
  },
  // The API's own default is no encryption; newer engines switch transit encryption on.
  undetermined: {
    at_rest_encryption_enabled: { reason: 'it depends on the engine', decidedBy: 'engine' },
    transit_encryption_enabled: { reason: 'it depends on the engine', decidedBy: 'engine' },
  },
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    subnet_group_name: 'aws_elasticache_subnet_group',
    security_group_ids: 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
