import { because, certain, defineResourceType } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html';

export const iamAccessKey = defineResourceType({
  type: 'aws_iam_access_key',
  cloudformation: {
    type: 'AWS::IAM::AccessKey',
    ref: 'id',
    getAtt: { SecretAccessKey: 'secret' },
    properties: { UserName: 'user' },
  },
  defaults: {
    status: { cloudformation: certain('Active', TEMPLATE) },
  },
  links: { user: 'aws_iam_user' },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'pgp_key'),
  },
});
