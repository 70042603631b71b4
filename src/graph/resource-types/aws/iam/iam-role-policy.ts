import { because, defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_iam_role`. */
export const iamRolePolicy = defineResourceType({
  type: 'aws_iam_role_policy',
  cloudformation: [
    {
      type: 'AWS::IAM::RolePolicy',
      properties: { RoleName: 'role', PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
    {
      type: 'AWS::IAM::Policy',
      each: { property: 'Roles', to: 'role' },
      properties: { PolicyDocument: iamPolicy('policy'), PolicyName: 'name' },
    },
  ],
  terraform: { attributes: { policy: iamPolicy() } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
