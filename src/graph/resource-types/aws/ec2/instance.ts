import {
  assumed,
  base64,
  because,
  certain,
  defineResourceType,
  fieldsOf,
  hoist,
  list,
  object,
  single,
  split,
} from '../../entries.js';

const TEMPLATE_3 =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html';

/** The names under which images know their root device; an image may use another one. */
const ROOT_DEVICES = ['/dev/xvda', '/dev/sda1'];

/** Only its image tells which device is the root device. */
const BLOCK_DEVICE = { Ebs: hoist() };

const ENCRYPTION = 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html';
const TOKENS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html';

export const instance = defineResourceType({
  type: 'aws_instance',
  cloudformation: {
    type: 'AWS::EC2::Instance',
    ref: 'id',
    getAtt: {
      InstanceId: 'id',
      PrivateIp: 'private_ip',
      PublicIp: 'public_ip',
      PrivateDnsName: 'private_dns',
      PublicDnsName: 'public_dns',
    },
    properties: {
      BlockDeviceMappings: split(
        { when: { field: 'VirtualName' }, entry: list('ephemeral_block_device') },
        { when: { field: 'DeviceName', in: ROOT_DEVICES }, entry: single('root_block_device', BLOCK_DEVICE) },
        { entry: list('ebs_block_device', BLOCK_DEVICE) },
      ),
      CpuOptions: object(),
      CreditSpecification: object('credit_specification', { CPUCredits: 'cpu_credits' }),
      EnclaveOptions: object(),
      HibernationOptions: hoist({ Configured: 'hibernation' }),
      ImageId: 'ami',
      Ipv6Addresses: fieldsOf('ipv6_addresses', 'Ipv6Address'),
      LaunchTemplate: object('launch_template', { LaunchTemplateId: 'id', LaunchTemplateName: 'name' }),
      MetadataOptions: object(),
      // The first interface that is made with the instance is written as the instance's own in normal form.
      NetworkInterfaces: split(
        {
          when: { field: 'DeviceIndex', in: ['0'], without: 'NetworkInterfaceId' },
          entry: hoist({
            AssociatePublicIpAddress: 'associate_public_ip_address',
            GroupSet: 'vpc_security_group_ids',
            Ipv6Addresses: fieldsOf('ipv6_addresses', 'Ipv6Address'),
            PrivateIpAddress: 'private_ip',
            SubnetId: 'subnet_id',
          }),
        },
        { entry: list('network_interface', { DeviceIndex: 'device_index' }) },
      ),
      PlacementGroupName: 'placement_group',
      PrivateDnsNameOptions: object(),
      PrivateIpAddress: 'private_ip',
      SecurityGroupIds: 'vpc_security_group_ids',
      UserData: base64('user_data'),
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  inherits: [
    {
      from: ['launch_template.id', 'launch_template.name'],
      type: 'aws_launch_template',
      attributes: [
        'metadata_options',
        'ebs_optimized',
        'disable_api_termination',
        'disable_api_stop',
        'instance_type',
        'key_name',
        'user_data',
        'vpc_security_group_ids',
        'credit_specification',
        'enclave_options',
        'instance_initiated_shutdown_behavior',
      ],
    },
  ],
  undetermined: {
    'metadata_options.http_put_response_hop_limit': {
      reason: 'the account may set it',
      decidedBy: 'aws_region.instance_metadata_defaults',
    },
    'metadata_options.instance_metadata_tags': {
      reason: 'the account may set it',
      decidedBy: 'aws_region.instance_metadata_defaults',
    },
    associate_public_ip_address: { reason: 'the subnet decides', decidedBy: 'aws_subnet.map_public_ip_on_launch' },
  },
  // The account and the image may say otherwise: facts about the region settle it.
  defaults: {
    source_dest_check: { cloudformation: certain(true, TEMPLATE_3) },
    'metadata_options.http_endpoint': { cloudformation: assumed('enabled', TEMPLATE) },
    'metadata_options.http_protocol_ipv6': { cloudformation: assumed('disabled', TEMPLATE) },
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
    monitoring: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#monitoring',
      ),
      cloudformation: certain(false, TEMPLATE_3),
    },
    disable_api_termination: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#disable_api_termination',
      ),
      cloudformation: assumed(false, TEMPLATE_3),
    },
    ebs_optimized: {
      terraform: assumed(false, 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html'),
      cloudformation: assumed(false, TEMPLATE_3),
    },
  },
  nothing: [
    'iam_instance_profile',
    'key_name',
    'security_groups',
    'subnet_id',
    'user_data',
    'user_data_base64',
    'vpc_security_group_ids',
    'root_block_device.kms_key_id',
    'ebs_block_device.kms_key_id',
    'ebs_block_device.snapshot_id',
    'ami',
    'instance_type',
    'placement_group',
    'private_ip',
    'enclave_options.enabled',
  ],
  links: {
    ami: 'aws_ami',
    subnet_id: 'aws_subnet',
    vpc_security_group_ids: 'aws_security_group',
    security_groups: 'aws_security_group',
    iam_instance_profile: 'aws_iam_instance_profile',
    key_name: 'aws_key_pair',
    'launch_template.id': 'aws_launch_template',
    'launch_template.name': 'aws_launch_template',
    'root_block_device.kms_key_id': ['aws_kms_key', 'aws_kms_alias'],
    'ebs_block_device.kms_key_id': ['aws_kms_key', 'aws_kms_alias'],
    'network_interface.network_interface_id': 'aws_network_interface',
  },
  live: { instance_state: 'string', stopped_at: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'no property',
      'cpu_core_count',
      'cpu_threads_per_core',
      'disable_api_stop',
      'enable_primary_ipv6',
      'placement_partition_number',
      'secondary_private_ips',
      'volume_tags',
      'capacity_reservation_specification',
      'cpu_options.amd_sev_snp',
      'ebs_block_device.tags',
      'ebs_block_device.throughput',
      'ephemeral_block_device.no_device',
      'instance_market_options',
      'maintenance_options',
      'network_interface.network_card_index',
      'root_block_device.tags',
      'root_block_device.throughput',
    ),
    ...because(
      'a switch of Terraform itself',
      'get_password_data',
      'user_data_replace_on_change',
      'ebs_block_device.tags_all',
      'root_block_device.tags_all',
    ),
    ...because('another spelling of the user data', 'user_data_base64'),
  },
});
