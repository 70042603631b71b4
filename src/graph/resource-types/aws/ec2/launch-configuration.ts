import { defineResourceType } from '../../entries.js';

export const launchConfiguration = defineResourceType({
  type: 'aws_launch_configuration',
  identity: { same: [['id', 'name'], ['arn']], unique: { id: 'region', name: 'region', arn: 'global' } },
  undetermined: {
    'root_block_device.encrypted': {
      reason: 'the account may encrypt volumes by default',
      decidedBy: 'aws_region.ebs_encryption_by_default',
    },
    'ebs_block_device.encrypted': {
      reason: 'the account may encrypt volumes by default',
      decidedBy: 'aws_region.ebs_encryption_by_default',
    },
    'metadata_options.http_tokens': {
      reason: 'the image or the account may require tokens',
      decidedBy: 'aws_region.instance_metadata_defaults',
    },
  },
  nothing: ['associate_public_ip_address', 'user_data', 'user_data_base64', 'iam_instance_profile'],
  links: {
    image_id: 'aws_ami',
    security_groups: 'aws_security_group',
    iam_instance_profile: 'aws_iam_instance_profile',
  },
});
