import { because, defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_group`. */
export const iamGroupPolicy = defineResourceType({
  type: 'aws_iam_group_policy',
  cloudformation: [
    {
      type: 'AWS::IAM::GroupPolicy',
      properties: { GroupName: 'group', PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
    {
      type: 'AWS::IAM::Policy',
      each: { property: 'Groups', to: 'group' },
      properties: { PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
  ],
  terraform: { attributes: { policy: iamPolicy() } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
