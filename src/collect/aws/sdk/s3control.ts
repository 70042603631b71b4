import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { sdkService } from './sdk-service.js';

export const service = sdkService(S3ControlClient, {
  GetPublicAccessBlock: GetPublicAccessBlockCommand,
});
