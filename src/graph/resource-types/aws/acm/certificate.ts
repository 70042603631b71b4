import { defineResourceType } from '../../entries.js';

export const certificate = defineResourceType({
  type: 'aws_acm_certificate',
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
