import { defineResourceType } from '../../entries.js';

export const cacheCluster = defineResourceType({
  type: 'aws_elasticache_cluster',
  identity: { same: [['cluster_id', 'id'], ['arn']], unique: { cluster_id: 'region', id: 'region', arn: 'global' } },
  links: {
    replication_group_id: 'aws_elasticache_replication_group',
    subnet_group_name: 'aws_elasticache_subnet_group',
    security_group_ids: 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
