import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_sqs_queue`. */
export const queuePolicy = defineResourceType({
  type: 'aws_sqs_queue_policy',
  cloudformation: {
    type: 'AWS::SQS::QueuePolicy',
    each: { property: 'Queues', to: 'queue_url' },
    properties: { PolicyDocument: iamPolicy('policy') },
  },
  terraform: { attributes: { policy: iamPolicy() } },
});
