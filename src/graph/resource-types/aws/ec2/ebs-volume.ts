import { assumed, because, defineResourceType } from '../../entries.js';

const ENCRYPTION = 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html';

export const ebsVolume = defineResourceType({
  type: 'aws_ebs_volume',
  cloudformation: { type: 'AWS::EC2::Volume', ref: 'id', properties: { VolumeType: 'type' } },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  // The account may encrypt volumes by default: a fact about its region settles it.
  defaults: {
    encrypted: {
      terraform: assumed(false, ENCRYPTION),
      cloudformation: assumed(false, ENCRYPTION),
      unless: ['snapshot_id', 'native.SourceVolumeId'],
    },
  },
  inherits: [{ from: ['native.SourceVolumeId'], type: 'aws_ebs_volume', attributes: ['encrypted'] }],
  replaces: ['encrypted'],
  nothing: ['kms_key_id', 'snapshot_id', 'iops', 'throughput'],
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'], snapshot_id: 'aws_ebs_snapshot' },
  live: { state: 'string', attachments: 'number', create_time: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'final_snapshot'),
  },
});
