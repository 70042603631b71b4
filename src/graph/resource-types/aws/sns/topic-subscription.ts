import { because, defineResourceType, jsonDocument, untranslated } from '../../entries.js';

export const topicSubscription = defineResourceType({
  type: 'aws_sns_topic_subscription',
  cloudformation: [
    {
      type: 'AWS::SNS::Subscription',
      ref: 'arn',
      properties: {
        DeliveryPolicy: untranslated('delivery_policy'),
        ReplayPolicy: untranslated('replay_policy'),
        FilterPolicy: jsonDocument('filter_policy'),
        RedrivePolicy: jsonDocument('redrive_policy'),
      },
    },
    { type: 'AWS::SNS::Topic', each: { property: 'Subscription' }, own: { topic_arn: 'arn' } },
  ],
  terraform: { attributes: { filter_policy: jsonDocument(), redrive_policy: jsonDocument() } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  links: { topic_arn: 'aws_sns_topic', endpoint: ['aws_sqs_queue', 'aws_lambda_function'] },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'confirmation_timeout_in_minutes', 'endpoint_auto_confirms'),
    ...because('no property', 'delivery_policy', 'replay_policy'),
  },
});
