import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_kms_key`. */
export const keyPolicy = defineResourceType({
  type: 'aws_kms_key_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
