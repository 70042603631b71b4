import { defineResourceType } from '../../entries.js';

export const ebsVolume = defineResourceType({
  type: 'aws_ebs_volume',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  undetermined: {
    encrypted: {
      reason: 'the account may encrypt volumes by default',
      decidedBy: 'aws_region.ebs_encryption_by_default',
    },
  },
  nothing: ['kms_key_id', 'snapshot_id', 'iops', 'throughput'],
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'], snapshot_id: 'aws_ebs_snapshot' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
