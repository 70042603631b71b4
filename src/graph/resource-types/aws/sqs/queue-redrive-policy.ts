import { defineResourceType, jsonDocument } from '../../entries.js';

/** Folded into `aws_sqs_queue`. */
export const queueRedrivePolicy = defineResourceType({
  type: 'aws_sqs_queue_redrive_policy',
  terraform: { attributes: { redrive_policy: jsonDocument() } },
});
