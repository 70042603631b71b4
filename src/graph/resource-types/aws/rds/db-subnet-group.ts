import { because, defineResourceType } from '../../entries.js';

export const dbSubnetGroup = defineResourceType({
  type: 'aws_db_subnet_group',
  cloudformation: {
    type: 'AWS::RDS::DBSubnetGroup',
    ref: 'name',
    properties: { DBSubnetGroupDescription: 'description', DBSubnetGroupName: 'name' },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  links: { subnet_ids: 'aws_subnet' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
