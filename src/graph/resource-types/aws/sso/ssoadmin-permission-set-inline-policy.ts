import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_ssoadmin_permission_set`. */
export const ssoadminPermissionSetInlinePolicy = defineResourceType({
  type: 'aws_ssoadmin_permission_set_inline_policy',
  terraform: { attributes: { inline_policy: iamPolicy('policy') } },
});
