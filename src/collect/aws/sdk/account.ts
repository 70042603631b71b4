import { AccountClient, GetAlternateContactCommand } from '@aws-sdk/client-account';
import { sdkService } from './sdk-service.js';

export const service = sdkService(AccountClient, { GetAlternateContact: GetAlternateContactCommand });
