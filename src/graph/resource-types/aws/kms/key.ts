import { because, certain, defineResourceType, iamPolicy, mountObject, pairs } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html';

export const key = defineResourceType({
  type: 'aws_kms_key',
  terraform: { attributes: { policy: iamPolicy() } },
  cloudformation: {
    type: 'AWS::KMS::Key',
    ref: 'key_id',
    getAtt: { Arn: 'arn', KeyId: 'key_id' },
    properties: {
      KeyPolicy: iamPolicy('policy'),
      EnableKeyRotation: 'enable_key_rotation',
      Enabled: 'is_enabled',
      KeySpec: 'customer_master_key_spec',
      PendingWindowInDays: 'deletion_window_in_days',
      Tags: pairs('tags'),
    },
  },
  defaults: {
    customer_master_key_spec: { cloudformation: certain('SYMMETRIC_DEFAULT', TEMPLATE) },
    key_usage: { cloudformation: certain('ENCRYPT_DECRYPT', TEMPLATE) },
    enable_key_rotation: { cloudformation: certain(false, TEMPLATE) },
    is_enabled: { cloudformation: certain(true, TEMPLATE) },
    multi_region: { cloudformation: certain(false, TEMPLATE) },
  },
  identity: {
    same: [['key_id', 'id'], ['arn']],
    unique: { key_id: 'global', id: 'global', arn: 'global' },
    arn: 'arn:{partition}:kms:{region}:{account}:key/{key_id}',
  },
  companions: [mountObject('policy', { type: 'aws_kms_key_policy', link: 'key_id', to: 'key_id', value: 'policy' })],
  live: {
    key_state: 'string',
    deletion_date: 'string',
    grants: [{ grantee_principal: 'string', operations: ['string'], name: 'string' }],
  },
  // Without a policy of its own a key has one that lets its account's IAM policies decide.
  nothing: ['policy'],
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('no property', 'custom_key_store_id', 'xks_key_id'),
    bypass_policy_lockout_safety_check: 'a switch of the call, not of the key',
  },
});
