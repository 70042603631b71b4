import { defineResourceType, jsonDocument } from '../../entries.js';

export const topicSubscription = defineResourceType({
  type: 'aws_sns_topic_subscription',
  terraform: { attributes: { filter_policy: jsonDocument(), redrive_policy: jsonDocument() } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  links: { topic_arn: 'aws_sns_topic', endpoint: ['aws_sqs_queue', 'aws_lambda_function'] },
});
