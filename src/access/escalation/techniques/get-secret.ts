import { keysInSecrets } from '../credentials.js';
import type { Technique } from '../technique.js';

/** Read an access key out of a secret. */
export const getSecret: Technique = {
  id: 'X36',
  title: 'Read an access key out of a secret',
  documentation: ['AWS Secrets Manager API Reference, "GetSecretValue"'],
  gain: 'become',
  needs: [{ action: 'secretsmanager:GetSecretValue', on: 'store' }],
  prerequisite: keysInSecrets,
};
