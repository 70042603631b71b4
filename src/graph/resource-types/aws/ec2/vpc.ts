import { assumed, because, certain, defineResourceType } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html';

// CloudFormation's page names no default.
const CONVENTION = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc#instance_tenancy';

export const vpc = defineResourceType({
  type: 'aws_vpc',
  cloudformation: {
    type: 'AWS::EC2::VPC',
    ref: 'id',
    getAtt: {
      VpcId: 'id',
      DefaultSecurityGroup: 'default_security_group_id',
      DefaultNetworkAcl: 'default_network_acl_id',
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  aliases: { aws_default_vpc: {} },
  defaults: {
    enable_dns_support: { cloudformation: certain(true, TEMPLATE) },
    instance_tenancy: { cloudformation: assumed('default', CONVENTION) },
    enable_dns_hostnames: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc#enable_dns_hostnames',
      ),
      cloudformation: certain(false, TEMPLATE),
    },
  },
  nothing: ['cidr_block', 'ipv6_cidr_block'],
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'a resource of its own',
      'assign_generated_ipv6_cidr_block',
      'ipv6_cidr_block',
      'ipv6_cidr_block_network_border_group',
      'ipv6_ipam_pool_id',
      'ipv6_netmask_length',
    ),
    ...because('no property', 'enable_network_address_usage_metrics'),
  },
});
