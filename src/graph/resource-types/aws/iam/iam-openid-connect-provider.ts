import { defineResourceType } from '../../entries.js';

export const iamOpenidConnectProvider = defineResourceType({
  type: 'aws_iam_openid_connect_provider',
  cloudformation: { type: 'AWS::IAM::OIDCProvider', ref: 'arn' },
  identity: { same: [['arn', 'id'], ['url']], unique: { arn: 'global', id: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
