import { defineResourceType, mountObject } from '../../entries.js';

/** A region of an account. */
export const region = defineResourceType({
  type: 'aws_region',
  scope: { attributes: { name: 'string' } },
  companions: [
    mountObject('ebs_encryption_by_default', { type: 'aws_ebs_encryption_by_default' }),
    mountObject('ebs_default_kms_key', { type: 'aws_ebs_default_kms_key' }),
    mountObject('ebs_snapshot_block_public_access', { type: 'aws_ebs_snapshot_block_public_access' }),
    mountObject('ec2_image_block_public_access', { type: 'aws_ec2_image_block_public_access' }),
    mountObject('instance_metadata_defaults', { type: 'aws_ec2_instance_metadata_defaults' }),
    mountObject('serial_console_access', { type: 'aws_ec2_serial_console_access' }),
  ],
});
