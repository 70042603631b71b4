import { defineResourceType } from '../../entries.js';

export const securityhubAccount = defineResourceType({
  type: 'aws_securityhub_account',
  cloudformation: { type: 'AWS::SecurityHub::Hub', ref: 'arn', properties: {} },
  identity: { same: [['id'], ['arn']], unique: { arn: 'global' } },
});
