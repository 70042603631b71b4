import { assumed, because, defineResourceType } from '../../entries.js';

// CloudFormation's page names no default.
const CONVENTION = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key#status';

export const iamAccessKey = defineResourceType({
  type: 'aws_iam_access_key',
  cloudformation: {
    type: 'AWS::IAM::AccessKey',
    ref: 'id',
    getAtt: { SecretAccessKey: 'secret' },
    properties: { UserName: 'user' },
  },
  defaults: {
    status: { cloudformation: assumed('Active', CONVENTION) },
  },
  links: { user: 'aws_iam_user' },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'pgp_key'),
  },
});
