import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { sdkService } from './sdk-service.js';

export const service = sdkService(STSClient, {
  GetCallerIdentity: GetCallerIdentityCommand,
});
