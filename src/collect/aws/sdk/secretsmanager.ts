import { GetResourcePolicyCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SecretsManagerClient, {
  GetResourcePolicy: GetResourcePolicyCommand,
  ListSecrets: ListSecretsCommand,
});
