import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_sns_topic`. */
export const topicPolicy = defineResourceType({
  type: 'aws_sns_topic_policy',
  cloudformation: {
    type: 'AWS::SNS::TopicPolicy',
    each: { property: 'Topics', to: 'arn' },
    properties: { PolicyDocument: iamPolicy('policy') },
  },
  terraform: { attributes: { policy: iamPolicy() } },
});
