import { because, defineResourceType, mapOf } from '../../entries.js';

export const dbParameterGroup = defineResourceType({
  type: 'aws_db_parameter_group',
  cloudformation: {
    type: 'AWS::RDS::DBParameterGroup',
    ref: 'name',
    properties: { DBParameterGroupName: 'name', Parameters: mapOf('parameter', { Key: 'name', Value: 'value' }) },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('a switch of Terraform itself', 'skip_destroy'),
    ...because('no property', 'parameter.apply_method'),
  },
});
