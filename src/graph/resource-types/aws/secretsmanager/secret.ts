import { because, defineResourceType, iamPolicy, list, mountObject } from '../../entries.js';

export const secret = defineResourceType({
  type: 'aws_secretsmanager_secret',
  terraform: { attributes: { policy: iamPolicy() } },
  cloudformation: {
    type: 'AWS::SecretsManager::Secret',
    ref: 'arn',
    getAtt: { Id: 'arn' },
    properties: { ReplicaRegions: list('replica') },
  },
  identity: { same: [['arn', 'id'], ['name']], unique: { arn: 'global', id: 'global', name: 'region' } },
  companions: [
    mountObject('policy', { type: 'aws_secretsmanager_secret_policy', link: 'secret_arn', to: 'arn', value: 'policy' }),
    mountObject('rotation', { type: 'aws_secretsmanager_secret_rotation', link: 'secret_id', to: 'id' }),
  ],
  // Without a key of its own a secret is encrypted with the account's aws/secretsmanager key.
  nothing: ['policy', 'kms_key_id', 'name'],
  live: {
    rotation_enabled: 'bool',
    rotation_days: 'number',
    last_rotated: 'string',
    last_changed: 'string',
    last_accessed: 'string',
    created_date: 'string',
  },
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'], 'rotation.rotation_lambda_arn': 'aws_lambda_function' },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'force_overwrite_replica_secret', 'recovery_window_in_days'),
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('a resource of its own', 'policy'),
  },
});
