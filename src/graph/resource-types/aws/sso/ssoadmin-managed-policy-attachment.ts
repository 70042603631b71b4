import { defineResourceType } from '../../entries.js';

/** Folded into `aws_ssoadmin_permission_set`. */
export const ssoadminManagedPolicyAttachment = defineResourceType({
  type: 'aws_ssoadmin_managed_policy_attachment',
  terraform: { attributes: { managed_policy_arn: 'policy_arn', managed_policy_name: 'policy_name' } },
});
