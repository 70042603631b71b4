import type { Collector, ItemOperation } from '../collector.js';
import { all, documentOf, get, lift, pick, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `sns:${operation}`,
  permission: `sns:${operation}`,
  gone: ['NotFound', 'NotFoundException'],
  ...rest,
});

const ATTRIBUTES = {
  DisplayName: 'DisplayName',
  FifoThroughputScope: 'FifoThroughputScope',
  KmsMasterKeyId: 'KmsMasterKeyId',
  SignatureVersion: 'SignatureVersion',
  TracingConfig: 'TracingConfig',
} as const;

export const topic: Collector = {
  type: 'AWS::SNS::Topic',
  service: 'sns',
  version: 1,
  scope: 'region',
  list: {
    call: 'sns:ListTopics',
    permission: 'sns:ListTopics',
    pages: { input: 'NextToken', output: 'NextToken' },
    items: 'Topics.*',
  },
  each: {
    attributes: of('GetTopicAttributes', {
      input: { TopicArn: '{TopicArn}' },
      answer: 'Attributes',
      feeds: ['@policy', 'ArchivePolicy', 'ContentBasedDeduplication', 'FifoTopic', ...Object.keys(ATTRIBUTES)],
    }),
    tags: of('ListTagsForResource', { input: { ResourceArn: '{TopicArn}' }, answer: 'Tags', feeds: ['Tags'] }),
  },
  joins: {
    subscriptions: {
      from: {
        call: 'sns:ListSubscriptions',
        permission: 'sns:ListSubscriptions',
        pages: { input: 'NextToken', output: 'NextToken' },
        items: 'Subscriptions.*',
      },
      on: ['TopicArn', 'TopicArn'],
      feeds: ['Subscription'],
    },
  },
  tells: ['TopicName'],
  beside: { 'AWS::SNS::TopicPolicy': 'sns:GetTopicAttributes' },
  id: 'TopicArn',
  arn: '{TopicArn}',
  unread: ['DataProtectionPolicy', 'DeliveryStatusLogging', 'MaximumMessageSize'],
  sets: ['Subscription', 'Tags'],
  project: (item, parts) => {
    const attributes = parts['attributes'];
    const arn = String(get(item, 'TopicArn'));
    const policy = get(attributes, 'Policy');
    return {
      properties: {
        ...lift(attributes, ATTRIBUTES),
        TopicName: arn.slice(arn.lastIndexOf(':') + 1),
        ArchivePolicy: documentOf(get(attributes, 'ArchivePolicy')),
        ContentBasedDeduplication: where(get(attributes, 'ContentBasedDeduplication'), (text) => text === 'true'),
        FifoTopic: where(get(attributes, 'FifoTopic'), (text) => text === 'true'),
        Subscription: where(parts['subscriptions'], (found) =>
          all(found, '*').map((one) => pick(one, 'Endpoint', 'Protocol')),
        ),
        Tags: where(parts['tags'], (tags) => all(tags, '*').map((tag) => pick(tag, 'Key', 'Value'))),
      },
      also:
        policy === undefined
          ? []
          : [
              {
                type: 'AWS::SNS::TopicPolicy',
                id: arn,
                properties: { Topics: [arn], PolicyDocument: documentOf(policy) },
              },
            ],
    };
  },
};
