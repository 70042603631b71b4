import { defineResourceType, jsonDocument } from '../../entries.js';

export const topicSubscription = defineResourceType({
  type: 'aws_sns_topic_subscription',
  cloudformation: [
    {
      type: 'AWS::SNS::Subscription',
      ref: 'arn',
      properties: {
        FilterPolicy: jsonDocument('filter_policy'),
        RedrivePolicy: jsonDocument('redrive_policy'),
      },
    },
    { type: 'AWS::SNS::Topic', each: { property: 'Subscription' }, own: { topic_arn: 'arn' } },
  ],
  terraform: { attributes: { filter_policy: jsonDocument(), redrive_policy: jsonDocument() } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  links: { topic_arn: 'aws_sns_topic', endpoint: ['aws_sqs_queue', 'aws_lambda_function'] },
});
