import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_sqs_queue`. */
export const queuePolicy = defineResourceType({
  type: 'aws_sqs_queue_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
