import {
  GetTopicAttributesCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SNSClient, {
  GetTopicAttributes: GetTopicAttributesCommand,
  ListSubscriptions: ListSubscriptionsCommand,
  ListTagsForResource: ListTagsForResourceCommand,
  ListTopics: ListTopicsCommand,
});
