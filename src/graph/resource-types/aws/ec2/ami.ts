import { defineResourceType, mountList } from '../../entries.js';

export const ami = defineResourceType({
  type: 'aws_ami',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [mountList('launch_permission[]', { type: 'aws_ami_launch_permission', link: 'image_id', to: 'id' })],
  live: { is_public: 'bool' },
  links: { 'ebs_block_device.snapshot_id': 'aws_ebs_snapshot' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
