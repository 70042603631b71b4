import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_secretsmanager_secret`. */
export const secretPolicy = defineResourceType({
  type: 'aws_secretsmanager_secret_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
