import { defineResourceType } from '../../entries.js';

export const iamAccessKey = defineResourceType({
  type: 'aws_iam_access_key',
  cloudformation: {
    type: 'AWS::IAM::AccessKey',
    ref: 'id',
    getAtt: { SecretAccessKey: 'secret' },
    properties: { UserName: 'user' },
  },
  links: { user: 'aws_iam_user' },
});
