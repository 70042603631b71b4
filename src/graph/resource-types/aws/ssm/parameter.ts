import { because, defineResourceType } from '../../entries.js';

export const parameter = defineResourceType({
  type: 'aws_ssm_parameter',
  cloudformation: {
    type: 'AWS::SSM::Parameter',
    ref: 'name',
    properties: {
      Name: 'name',
      Type: 'type',
      Value: 'value',
      Tier: 'tier',
      Description: 'description',
      AllowedPattern: 'allowed_pattern',
    },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
  },
  // A SecureString without a key of its own is encrypted with the account's alias/aws/ssm key.
  nothing: ['key_id'],
  links: { key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('the service makes it', 'arn'),
    ...because('no property', 'key_id'),
    ...because('Terraform keeps it out of its state', 'value_wo', 'value_wo_version'),
    overwrite: 'a switch of Terraform itself',
    insecure_value: 'another spelling of the value that plans show',
  },
});
