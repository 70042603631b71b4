import { defineResourceType } from '../../entries.js';

export const docdbClusterParameterGroup = defineResourceType({
  type: 'aws_docdb_cluster_parameter_group',
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
