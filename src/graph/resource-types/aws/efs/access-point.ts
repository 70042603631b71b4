import { defineResourceType } from '../../entries.js';

export const accessPoint = defineResourceType({
  type: 'aws_efs_access_point',
  identity: { same: [['id'], ['arn']], unique: { id: 'region', arn: 'global' } },
  links: { file_system_id: 'aws_efs_file_system' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
