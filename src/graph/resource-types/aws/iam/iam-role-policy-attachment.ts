import { defineResourceType } from '../../entries.js';

/** Folded into `aws_iam_role`. */
export const iamRolePolicyAttachment = defineResourceType({
  type: 'aws_iam_role_policy_attachment',
  cloudformation: {
    type: 'AWS::IAM::ManagedPolicy',
    each: { property: 'Roles', to: 'role' },
    own: { policy_arn: 'arn' },
  },
});
