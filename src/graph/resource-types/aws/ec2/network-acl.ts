import { because, defineResourceType, list, mountNamed, normalise } from '../../entries.js';

const PROTOCOLS = { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** An inline rule in the words of `aws_network_acl_rule`. */
const RULE = {
  action: normalise('rule_action', {}),
  rule_no: 'rule_number',
  protocol: normalise('protocol', PROTOCOLS),
};

export const networkAcl = defineResourceType({
  type: 'aws_network_acl',
  cloudformation: { type: 'AWS::EC2::NetworkAcl', ref: 'id' },
  terraform: { attributes: { ingress: list('ingress', RULE), egress: list('egress', RULE) } },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  shape: {
    unset: {
      'ingress.cidr_block': [''],
      'ingress.ipv6_cidr_block': [''],
      'egress.cidr_block': [''],
      'egress.ipv6_cidr_block': [''],
    },
  },
  companions: [
    mountNamed('ingress[]', 'rule_number', {
      type: 'aws_network_acl_rule',
      link: 'network_acl_id',
      to: 'id',
      when: { attribute: 'egress', equals: false, unset: false },
    }),
    mountNamed('egress[]', 'rule_number', {
      type: 'aws_network_acl_rule',
      link: 'network_acl_id',
      to: 'id',
      when: { attribute: 'egress', equals: true, unset: false },
    }),
  ],
  aliases: { aws_default_network_acl: {} },
  nothing: ['ingress', 'egress', 'subnet_ids'],
  links: { vpc_id: 'aws_vpc', subnet_ids: 'aws_subnet' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a resource of its own', 'egress', 'ingress', 'subnet_ids'),
  },
});
