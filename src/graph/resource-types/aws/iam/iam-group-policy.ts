import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_group`. */
export const iamGroupPolicy = defineResourceType({
  type: 'aws_iam_group_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
