import { because, defineResourceType, mapOf } from '../../entries.js';

export const docdbClusterParameterGroup = defineResourceType({
  type: 'aws_docdb_cluster_parameter_group',
  cloudformation: {
    type: 'AWS::DocDB::DBClusterParameterGroup',
    ref: 'name',
    properties: { Parameters: mapOf('parameter', { Key: 'name', Value: 'value' }) },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('no property', 'parameter.apply_method'),
  },
});
