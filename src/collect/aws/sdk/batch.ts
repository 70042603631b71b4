import { BatchClient, DescribeJobDefinitionsCommand, DescribeJobQueuesCommand } from '@aws-sdk/client-batch';
import { sdkService } from './sdk-service.js';

export const service = sdkService(BatchClient, {
  DescribeJobDefinitions: DescribeJobDefinitionsCommand,
  DescribeJobQueues: DescribeJobQueuesCommand,
});
