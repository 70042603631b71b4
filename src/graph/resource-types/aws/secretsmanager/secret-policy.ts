import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_secretsmanager_secret`. */
export const secretPolicy = defineResourceType({
  type: 'aws_secretsmanager_secret_policy',
  cloudformation: {
    type: 'AWS::SecretsManager::ResourcePolicy',
    properties: { ResourcePolicy: iamPolicy('policy'), SecretId: 'secret_arn' },
  },
  terraform: { attributes: { policy: iamPolicy() } },
});
