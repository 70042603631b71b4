import { because, defineResourceType, mapOf } from '../../entries.js';

export const rdsClusterParameterGroup = defineResourceType({
  type: 'aws_rds_cluster_parameter_group',
  cloudformation: {
    type: 'AWS::RDS::DBClusterParameterGroup',
    ref: 'name',
    properties: {
      DBClusterParameterGroupName: 'name',
      Parameters: mapOf('parameter', { Key: 'name', Value: 'value' }),
    },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('no property', 'parameter.apply_method'),
  },
});
