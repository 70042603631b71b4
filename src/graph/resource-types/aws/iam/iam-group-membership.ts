import { because, defineResourceType } from '../../entries.js';

/** Folded into `aws_iam_group` and `aws_iam_user`. */
export const iamGroupMembership = defineResourceType({
  type: 'aws_iam_group_membership',
  cloudformation: { type: 'AWS::IAM::UserToGroupAddition', properties: { GroupName: 'group' } },
  terraformOnly: {
    ...because('no property', 'name'),
  },
});
