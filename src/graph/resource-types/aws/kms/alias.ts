import { because, defineResourceType } from '../../entries.js';

export const alias = defineResourceType({
  type: 'aws_kms_alias',
  cloudformation: {
    type: 'AWS::KMS::Alias',
    ref: 'name',
    properties: { AliasName: 'name', TargetKeyId: 'target_key_id' },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  links: { target_key_id: 'aws_kms_key' },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
