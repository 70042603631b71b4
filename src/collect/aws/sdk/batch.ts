import { BatchClient, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch';
import { sdkService } from './sdk-service.js';

export const service = sdkService(BatchClient, { DescribeJobDefinitions: DescribeJobDefinitionsCommand });
