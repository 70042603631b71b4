import { expect, test } from 'vitest';
import { collectedFeeds } from '../../src/collect/aws/feeds.js';

test('what the operations of a type tell, and of what stands beside it', () => {
  const told = [...collectedFeeds()].flatMap(([operation, feeds]) =>
    feeds
      .filter(({ type }) => type === 'AWS::SQS::Queue' || type === 'AWS::SQS::QueuePolicy')
      .map(({ type, path }) => `${operation} ${type} ${path}`),
  );
  expect(told.sort()).toEqual([
    'sqs:GetQueueAttributes AWS::SQS::Queue @policy',
    'sqs:GetQueueAttributes AWS::SQS::Queue ContentBasedDeduplication',
    'sqs:GetQueueAttributes AWS::SQS::Queue DeduplicationScope',
    'sqs:GetQueueAttributes AWS::SQS::Queue DelaySeconds',
    'sqs:GetQueueAttributes AWS::SQS::Queue FifoQueue',
    'sqs:GetQueueAttributes AWS::SQS::Queue FifoThroughputLimit',
    'sqs:GetQueueAttributes AWS::SQS::Queue KmsDataKeyReusePeriodSeconds',
    'sqs:GetQueueAttributes AWS::SQS::Queue KmsMasterKeyId',
    'sqs:GetQueueAttributes AWS::SQS::Queue MaximumMessageSize',
    'sqs:GetQueueAttributes AWS::SQS::Queue MessageRetentionPeriod',
    'sqs:GetQueueAttributes AWS::SQS::Queue ReceiveMessageWaitTimeSeconds',
    'sqs:GetQueueAttributes AWS::SQS::Queue RedriveAllowPolicy',
    'sqs:GetQueueAttributes AWS::SQS::Queue RedrivePolicy',
    'sqs:GetQueueAttributes AWS::SQS::Queue SqsManagedSseEnabled',
    'sqs:GetQueueAttributes AWS::SQS::Queue VisibilityTimeout',
    'sqs:GetQueueAttributes AWS::SQS::QueuePolicy *',
    'sqs:GetQueueAttributes AWS::SQS::QueuePolicy null',
    'sqs:ListQueueTags AWS::SQS::Queue Tags',
    'sqs:ListQueues AWS::SQS::Queue QueueName',
    'sqs:ListQueues AWS::SQS::Queue null',
    'sqs:ListQueues AWS::SQS::QueuePolicy null',
  ]);
});

test('of facts beside the properties nothing is told: where none is written none is known', () => {
  const facts = [...collectedFeeds().values()].flat().filter(({ path }) => path?.startsWith('$'));
  expect(facts).toEqual([]);
});
