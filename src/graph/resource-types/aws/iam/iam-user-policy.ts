import { because, defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_user`. */
export const iamUserPolicy = defineResourceType({
  type: 'aws_iam_user_policy',
  cloudformation: [
    {
      type: 'AWS::IAM::UserPolicy',
      properties: { UserName: 'user', PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
    {
      type: 'AWS::IAM::Policy',
      each: { property: 'Users', to: 'user' },
      properties: { PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
  ],
  terraform: { attributes: { policy: iamPolicy() } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
