import { defineResourceType } from '../../entries.js';

/** Folded into `aws_iam_user`. */
export const iamUserPolicyAttachment = defineResourceType({
  type: 'aws_iam_user_policy_attachment',
  cloudformation: {
    type: 'AWS::IAM::ManagedPolicy',
    each: { property: 'Users', to: 'user' },
    own: { policy_arn: 'arn' },
  },
});
