import { because, certain, defineResourceType, fieldsOf } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkinterface.html';

export const networkInterface = defineResourceType({
  type: 'aws_network_interface',
  cloudformation: {
    type: 'AWS::EC2::NetworkInterface',
    ref: 'id',
    properties: {
      GroupSet: 'security_groups',
      Ipv4Prefixes: fieldsOf('ipv4_prefixes', 'Ipv4Prefix'),
      Ipv6Addresses: fieldsOf('ipv6_addresses', 'Ipv6Address'),
      Ipv6Prefixes: fieldsOf('ipv6_prefixes', 'Ipv6Prefix'),
      PrivateIpAddress: 'private_ip',
      PrivateIpAddresses: fieldsOf('private_ips', 'PrivateIpAddress'),
      SecondaryPrivateIpAddressCount: 'private_ips_count',
    },
  },
  defaults: {
    source_dest_check: { cloudformation: certain(true, TEMPLATE) },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  nothing: ['security_groups', 'description'],
  live: { is_requester_managed: 'bool' },
  links: { subnet_id: 'aws_subnet', security_groups: 'aws_security_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'a switch of Terraform itself',
      'ipv6_address_list',
      'ipv6_address_list_enabled',
      'private_ip_list',
      'private_ip_list_enabled',
    ),
    ...because('a resource of its own', 'attachment'),
  },
});
