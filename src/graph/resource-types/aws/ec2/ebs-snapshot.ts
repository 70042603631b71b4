import { defineResourceType, mountList } from '../../entries.js';

export const ebsSnapshot = defineResourceType({
  type: 'aws_ebs_snapshot',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [
    mountList('create_volume_permission[]', {
      type: 'aws_snapshot_create_volume_permission',
      link: 'snapshot_id',
      to: 'id',
    }),
  ],
  undetermined: { encrypted: { reason: 'it is encrypted as its volume is', decidedBy: 'aws_ebs_volume.encrypted' } },
  live: { is_public: 'bool' },
  links: { volume_id: 'aws_ebs_volume' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
