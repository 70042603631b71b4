import {
  assumed,
  base64,
  because,
  certain,
  defineResourceType,
  hoist,
  list,
  object,
  single,
  split,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-launchconfiguration.html';

/** The names under which images know their root device; an image may use another one. */
const ROOT_DEVICES = ['/dev/xvda', '/dev/sda1'];

/** Only its image tells which device is the root device. */
const BLOCK_DEVICE = { Ebs: hoist() };

const ENCRYPTION = 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html';
const TOKENS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html';
const ENDPOINT = 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMetadataOptions.html';

export const launchConfiguration = defineResourceType({
  type: 'aws_launch_configuration',
  cloudformation: {
    type: 'AWS::AutoScaling::LaunchConfiguration',
    ref: 'name',
    properties: {
      BlockDeviceMappings: split(
        { when: { field: 'VirtualName' }, entry: list('ephemeral_block_device') },
        { when: { field: 'DeviceName', in: ROOT_DEVICES }, entry: single('root_block_device', BLOCK_DEVICE) },
        { entry: list('ebs_block_device', BLOCK_DEVICE) },
      ),
      InstanceMonitoring: 'enable_monitoring',
      LaunchConfigurationName: 'name',
      MetadataOptions: object(),
      UserData: base64('user_data'),
    },
  },
  identity: { same: [['id', 'name'], ['arn']], unique: { id: 'region', name: 'region', arn: 'global' } },
  // The account and the image may say otherwise: facts about the region settle it.
  defaults: {
    enable_monitoring: { cloudformation: certain(true, TEMPLATE) },
    'root_block_device.encrypted': {
      terraform: assumed(false, ENCRYPTION),
      cloudformation: assumed(false, ENCRYPTION),
    },
    'ebs_block_device.encrypted': {
      terraform: assumed(false, ENCRYPTION),
      cloudformation: assumed(false, ENCRYPTION),
      unless: ['snapshot_id'],
    },
    'metadata_options.http_tokens': {
      terraform: assumed('optional', TOKENS),
      cloudformation: assumed('optional', TOKENS),
    },
    'metadata_options.http_endpoint': {
      terraform: assumed('enabled', ENDPOINT),
      cloudformation: assumed('enabled', ENDPOINT),
    },
  },
  replaces: ['metadata_options'],
  nothing: ['associate_public_ip_address', 'user_data', 'user_data_base64', 'iam_instance_profile'],
  links: {
    image_id: 'aws_ami',
    security_groups: 'aws_security_group',
    iam_instance_profile: 'aws_iam_instance_profile',
  },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('another spelling of the user data', 'user_data_base64'),
  },
});
