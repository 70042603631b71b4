import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_user`. */
export const iamUserPolicy = defineResourceType({
  type: 'aws_iam_user_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
