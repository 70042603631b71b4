import { defineResourceType } from '../../entries.js';

/** Folded into `aws_iam_group`. */
export const iamGroupPolicyAttachment = defineResourceType({
  type: 'aws_iam_group_policy_attachment',
  cloudformation: {
    type: 'AWS::IAM::ManagedPolicy',
    each: { property: 'Groups', to: 'group' },
    own: { policy_arn: 'arn' },
  },
});
