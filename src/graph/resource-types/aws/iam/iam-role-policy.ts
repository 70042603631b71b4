import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_role`. */
export const iamRolePolicy = defineResourceType({
  type: 'aws_iam_role_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
