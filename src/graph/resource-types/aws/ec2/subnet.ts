import { because, certain, defineResourceType, hoist } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html';

export const subnet = defineResourceType({
  type: 'aws_subnet',
  cloudformation: {
    type: 'AWS::EC2::Subnet',
    ref: 'id',
    getAtt: { SubnetId: 'id' },
    properties: {
      PrivateDnsNameOptionsOnLaunch: hoist({
        EnableResourceNameDnsAAAARecord: 'enable_resource_name_dns_aaaa_record_on_launch',
        EnableResourceNameDnsARecord: 'enable_resource_name_dns_a_record_on_launch',
        HostnameType: 'private_dns_hostname_type_on_launch',
      }),
    },
  },
  defaults: {
    map_public_ip_on_launch: { cloudformation: certain(false, TEMPLATE) },
    assign_ipv6_address_on_creation: { cloudformation: certain(false, TEMPLATE) },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  aliases: { aws_default_subnet: {} },
  nothing: ['availability_zone'],
  links: { vpc_id: 'aws_vpc' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'customer_owned_ipv4_pool', 'map_customer_owned_ip_on_launch'),
  },
});
