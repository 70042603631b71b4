import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_sns_topic`. */
export const topicPolicy = defineResourceType({
  type: 'aws_sns_topic_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
