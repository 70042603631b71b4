import { defineResourceType } from '../../entries.js';

export const securityhubStandardsSubscription = defineResourceType({
  type: 'aws_securityhub_standards_subscription',
  cloudformation: { type: 'AWS::SecurityHub::Standard', properties: { StandardsArn: 'standards_arn' } },
  identity: { same: [['id']], unique: { id: 'global' } },
});
