import { defineResourceType, hoist } from '../../entries.js';

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
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  aliases: { aws_default_subnet: {} },
  nothing: ['availability_zone'],
  links: { vpc_id: 'aws_vpc' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
