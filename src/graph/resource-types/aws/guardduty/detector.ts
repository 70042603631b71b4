import { defineResourceType } from '../../entries.js';

export const detector = defineResourceType({
  type: 'aws_guardduty_detector',
  cloudformation: {
    type: 'AWS::GuardDuty::Detector',
    ref: 'id',
    properties: { Enable: 'enable', FindingPublishingFrequency: 'finding_publishing_frequency' },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
