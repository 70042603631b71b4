import { defineResourceType } from '../../entries.js';

export const rdsClusterParameterGroup = defineResourceType({
  type: 'aws_rds_cluster_parameter_group',
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
