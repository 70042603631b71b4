import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, ItemOperation, Loose } from '../collector.js';
import { documentOf, get, tagsOf, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `sqs:${operation}`,
  permission: `sqs:${operation}`,
  gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ...rest,
});

const NUMBERS = {
  DelaySeconds: 'DelaySeconds',
  KmsDataKeyReusePeriodSeconds: 'KmsDataKeyReusePeriodSeconds',
  MaximumMessageSize: 'MaximumMessageSize',
  MessageRetentionPeriod: 'MessageRetentionPeriod',
  ReceiveMessageWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
  VisibilityTimeout: 'VisibilityTimeout',
} as const;

/** Every attribute of a queue is a text in the answer. */
export const queue: Collector = {
  type: 'AWS::SQS::Queue',
  service: 'sqs',
  version: 1,
  scope: 'region',
  list: {
    call: 'sqs:ListQueues',
    permission: 'sqs:ListQueues',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 1000] },
    items: 'QueueUrls.*',
    proof: null,
  },
  each: {
    attributes: of('GetQueueAttributes', {
      input: { QueueUrl: '{@item}', AttributeNames: ['All'] },
      answer: 'Attributes',
      feeds: [
        ...['ContentBasedDeduplication', 'DeduplicationScope', 'FifoQueue', 'FifoThroughputLimit', 'KmsMasterKeyId'],
        ...['RedriveAllowPolicy', 'RedrivePolicy', 'SqsManagedSseEnabled', '@policy'],
        ...Object.keys(NUMBERS),
      ],
    }),
    tags: of('ListQueueTags', { input: { QueueUrl: '{@item}' }, answer: 'Tags', emptyMeans: {}, feeds: ['Tags'] }),
  },
  tells: ['QueueName'],
  beside: { 'AWS::SQS::QueuePolicy': 'sqs:GetQueueAttributes' },
  id: '',
  arn: '{attributes.QueueArn}',
  sets: ['Tags'],
  project: (item, parts) => {
    const attributes = parts['attributes'];
    const policy = get(attributes, 'Policy');
    return {
      properties: {
        QueueName: String(item).slice(String(item).lastIndexOf('/') + 1),
        ...Object.fromEntries(
          Object.entries(NUMBERS).map(([name, path]) => [name, where(get(attributes, path), (text) => Number(text))]),
        ),
        ContentBasedDeduplication: flag(attributes, 'ContentBasedDeduplication'),
        DeduplicationScope: get(attributes, 'DeduplicationScope'),
        FifoQueue: flag(attributes, 'FifoQueue'),
        FifoThroughputLimit: get(attributes, 'FifoThroughputLimit'),
        KmsMasterKeyId: get(attributes, 'KmsMasterKeyId'),
        RedriveAllowPolicy: documentOf(get(attributes, 'RedriveAllowPolicy')),
        RedrivePolicy: documentOf(get(attributes, 'RedrivePolicy')),
        SqsManagedSseEnabled: flag(attributes, 'SqsManagedSseEnabled'),
        Tags: where(parts['tags'], tagsOf),
      },
      live: { url: item },
      also:
        policy === undefined
          ? []
          : [
              {
                type: 'AWS::SQS::QueuePolicy',
                id: String(item),
                properties: { Queues: [item], PolicyDocument: documentOf(policy) },
              },
            ],
    };
  },
};

function flag(attributes: SnapshotJson | undefined, name: string): Loose {
  return where(get(attributes, name), (text) => text === 'true');
}
