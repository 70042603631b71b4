import { GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SQSClient, {
  GetQueueAttributes: GetQueueAttributesCommand,
  ListQueueTags: ListQueueTagsCommand,
  ListQueues: ListQueuesCommand,
});
