import { defineResourceType, type Explosion, explode, list, mountList, normalise } from '../../entries.js';

const PROTOCOLS = { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

const SILENT = { attribute: 'ip_protocol', equals: '-1', fields: ['from_port', 'to_port'] };

/** One source a rule, in the words of `aws_vpc_security_group_ingress_rule`; a rule for all protocols has no ports. */
const ATOMIC: Explosion = {
  from: {
    cidr_blocks: 'cidr_ipv4',
    ipv6_cidr_blocks: 'cidr_ipv6',
    prefix_list_ids: 'prefix_list_id',
    security_groups: 'referenced_security_group_id',
    source_security_group_id: 'referenced_security_group_id',
    self: { ownId: 'referenced_security_group_id' },
  },
  silent: SILENT,
};

const ruleFields = { protocol: normalise('ip_protocol', PROTOCOLS) };

const RULE_PROPERTIES = {
  IpProtocol: normalise('ip_protocol', PROTOCOLS),
  CidrIp: 'cidr_ipv4',
  CidrIpv6: 'cidr_ipv6',
};

const union = { terraform: 'conflict', cloudformation: 'union' } as const;

export const securityGroup = defineResourceType({
  type: 'aws_security_group',
  terraform: {
    attributes: { ingress: explode('ingress', ATOMIC, ruleFields), egress: explode('egress', ATOMIC, ruleFields) },
  },
  shape: { unset: { 'ingress.description': [''], 'egress.description': [''] } },
  cloudformation: {
    type: 'AWS::EC2::SecurityGroup',
    ref: 'id',
    getAtt: { GroupId: 'id', VpcId: 'vpc_id' },
    properties: {
      GroupDescription: 'description',
      GroupName: 'name',
      VpcId: 'vpc_id',
      SecurityGroupIngress: {
        ...list('ingress', {
          ...RULE_PROPERTIES,
          SourcePrefixListId: 'prefix_list_id',
          SourceSecurityGroupId: 'referenced_security_group_id',
        }),
        silent: SILENT,
      },
      SecurityGroupEgress: {
        ...list('egress', {
          ...RULE_PROPERTIES,
          DestinationPrefixListId: 'prefix_list_id',
          DestinationSecurityGroupId: 'referenced_security_group_id',
        }),
        silent: SILENT,
      },
    },
    // The rules of a new group stay unless the group itself names others: rules that are resources add to them.
    absent: {
      SecurityGroupEgress: {
        value: [
          { IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
          { IpProtocol: '-1', CidrIpv6: '::/0' },
        ],
        reference:
          'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html',
      },
    },
  },
  identity: {
    same: [['id'], ['arn']],
    unique: { id: 'global', arn: 'global' },
    arn: 'arn:{partition}:ec2:{region}:{account}:security-group/{id}',
  },
  companions: [
    mountList('ingress[]', {
      type: 'aws_vpc_security_group_ingress_rule',
      link: 'security_group_id',
      to: 'id',
      both: union,
    }),
    mountList('egress[]', {
      type: 'aws_vpc_security_group_egress_rule',
      link: 'security_group_id',
      to: 'id',
      both: union,
    }),
    mountList('ingress[]', {
      type: 'aws_security_group_rule',
      link: 'security_group_id',
      to: 'id',
      when: { attribute: 'type', equals: 'ingress' },
      explode: ATOMIC,
      both: union,
    }),
    mountList('egress[]', {
      type: 'aws_security_group_rule',
      link: 'security_group_id',
      to: 'id',
      when: { attribute: 'type', equals: 'egress' },
      explode: ATOMIC,
      both: union,
    }),
  ],
  aliases: { aws_default_security_group: { set: { name: 'default' } } },
  nothing: ['ingress', 'egress', 'name', 'vpc_id'],
  links: {
    vpc_id: 'aws_vpc',
    'ingress.referenced_security_group_id': 'aws_security_group',
    'egress.referenced_security_group_id': 'aws_security_group',
    'ingress.prefix_list_id': 'aws_ec2_managed_prefix_list',
    'egress.prefix_list_id': 'aws_ec2_managed_prefix_list',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    revoke_rules_on_delete: 'a switch of Terraform itself',
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
