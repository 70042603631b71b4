import { because, defineResourceType, normalise } from '../../entries.js';

/** Folded into `aws_security_group`. */
export const vpcSecurityGroupIngressRule = defineResourceType({
  type: 'aws_vpc_security_group_ingress_rule',
  terraform: {
    attributes: {
      ip_protocol: normalise('ip_protocol', { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' }),
    },
  },
  cloudformation: {
    type: 'AWS::EC2::SecurityGroupIngress',
    silent: { attribute: 'ip_protocol', equals: '-1', fields: ['from_port', 'to_port'] },
    properties: {
      IpProtocol: normalise('ip_protocol', { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' }),
      CidrIp: 'cidr_ipv4',
      CidrIpv6: 'cidr_ipv6',
      GroupId: 'security_group_id',
      SourceSecurityGroupId: 'referenced_security_group_id',
      SourcePrefixListId: 'prefix_list_id',
    },
  },
  terraformOnly: {
    ...because('no property', 'tags'),
  },
});
