import { defineResourceType } from '../../entries.js';

export const iamSamlProvider = defineResourceType({
  type: 'aws_iam_saml_provider',
  cloudformation: { type: 'AWS::IAM::SAMLProvider', ref: 'arn' },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'account' },
    arn: 'arn:{partition}:iam::{account}:saml-provider/{name}',
  },
  live: { valid_until: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
