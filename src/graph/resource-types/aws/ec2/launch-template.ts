import {
  alike,
  assumed,
  because,
  defineResourceType,
  fieldsOf,
  hoist,
  list,
  object,
  pairs,
  single,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html';

const ENCRYPTION = 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html';
const TOKENS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html';

export const launchTemplate = defineResourceType({
  type: 'aws_launch_template',
  cloudformation: {
    type: 'AWS::EC2::LaunchTemplate',
    ref: 'id',
    getAtt: { LaunchTemplateId: 'id', LatestVersionNumber: 'latest_version', DefaultVersionNumber: 'default_version' },
    properties: {
      LaunchTemplateData: hoist({
        BlockDeviceMappings: list('block_device_mappings', {
          Ebs: object('ebs', { DeleteOnTermination: 'delete_on_termination', Encrypted: 'encrypted' }),
        }),
        CapacityReservationSpecification: alike(),
        CpuOptions: object(),
        CreditSpecification: object(),
        EbsOptimized: 'ebs_optimized',
        ElasticGpuSpecifications: list(),
        ElasticInferenceAccelerators: single('elastic_inference_accelerator'),
        EnclaveOptions: object(),
        HibernationOptions: object(),
        IamInstanceProfile: object(),
        InstanceMarketOptions: alike(),
        InstanceRequirements: alike(),
        LicenseSpecifications: list('license_specification'),
        MaintenanceOptions: object(),
        MetadataOptions: object(),
        Monitoring: object(),
        NetworkInterfaces: alike('network_interfaces', {
          AssociateCarrierIpAddress: 'associate_carrier_ip_address',
          AssociatePublicIpAddress: 'associate_public_ip_address',
          DeleteOnTermination: 'delete_on_termination',
          Groups: 'security_groups',
          Ipv4Prefixes: fieldsOf('ipv4_prefixes', 'Ipv4Prefix'),
          Ipv6Addresses: fieldsOf('ipv6_addresses', 'Ipv6Address'),
          Ipv6Prefixes: fieldsOf('ipv6_prefixes', 'Ipv6Prefix'),
          PrimaryIpv6: 'primary_ipv6',
          PrivateIpAddresses: fieldsOf('ipv4_addresses', 'PrivateIpAddress'),
          SecondaryPrivateIpAddressCount: 'ipv4_address_count',
        }),
        Placement: object(),
        PrivateDnsNameOptions: object(),
        SecurityGroupIds: 'vpc_security_group_ids',
        SecurityGroups: 'security_group_names',
        TagSpecifications: list('tag_specifications'),
        UserData: 'user_data',
      }),
      LaunchTemplateName: 'name',
      TagSpecifications: hoist({ Tags: pairs('tags') }),
      VersionDescription: 'description',
    },
  },
  shape: { single: [], unset: { 'block_device_mappings.ebs.encrypted': [''], ebs_optimized: [''] } },
  identity: {
    same: [['id'], ['arn'], ['name']],
    unique: { id: 'global', arn: 'global', name: 'region' },
    arn: 'arn:{partition}:ec2:{region}:{account}:launch-template/{id}',
  },
  undetermined: {
    'metadata_options.http_put_response_hop_limit': {
      reason: 'the account may set it',
      decidedBy: 'aws_region.instance_metadata_defaults',
    },
    'metadata_options.instance_metadata_tags': {
      reason: 'the account may set it',
      decidedBy: 'aws_region.instance_metadata_defaults',
    },
  },
  // The account and the image may say otherwise: facts about the region settle it.
  defaults: {
    'block_device_mappings.ebs.encrypted': {
      terraform: assumed('false', ENCRYPTION),
      cloudformation: assumed('false', ENCRYPTION),
      unless: ['snapshot_id'],
    },
    'metadata_options.http_tokens': {
      terraform: assumed('optional', TOKENS),
      cloudformation: assumed('optional', TOKENS),
    },
    'metadata_options.http_endpoint': {
      terraform: assumed(
        'enabled',
        'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html',
      ),
      cloudformation: assumed('enabled', TEMPLATE),
    },
  },
  nothing: ['name', 'name_prefix', 'metadata_options.http_protocol_ipv6'],
  links: {
    image_id: 'aws_ami',
    vpc_security_group_ids: 'aws_security_group',
    'network_interfaces.security_groups': 'aws_security_group',
    'network_interfaces.subnet_id': 'aws_subnet',
    'iam_instance_profile.name': 'aws_iam_instance_profile',
    'iam_instance_profile.arn': 'aws_iam_instance_profile',
    'block_device_mappings.ebs.kms_key_id': ['aws_kms_key', 'aws_kms_alias'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'default_version', 'update_default_version'),
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
