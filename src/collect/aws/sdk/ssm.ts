import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SSMClient, {
  DescribeParameters: DescribeParametersCommand,
});
