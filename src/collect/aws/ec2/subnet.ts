import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion } from '../collector.js';
import { all, get, lift, pick, where } from '../json.js';
import { describe } from './describe.js';

export const subnet: Collector = {
  type: 'AWS::EC2::Subnet',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeSubnets', 'Subnets.*'),
  tells: [
    'AssignIpv6AddressOnCreation',
    'AvailabilityZone',
    'AvailabilityZoneId',
    'CidrBlock',
    'EnableDns64',
    'EnableLniAtDeviceIndex',
    'Ipv6CidrBlock',
    'Ipv6Native',
    'MapPublicIpOnLaunch',
    'OutpostArn',
    'PrivateDnsNameOptionsOnLaunch',
    'Tags',
    'VpcId',
  ],
  unread: ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'],
  id: 'SubnetId',
  arn: '{SubnetArn}',
  sets: ['Tags'],
  project: (item) => ({
    properties: {
      ...pick(
        item,
        'AssignIpv6AddressOnCreation',
        'AvailabilityZone',
        'AvailabilityZoneId',
        'CidrBlock',
        'EnableDns64',
      ),
      ...pick(item, 'EnableLniAtDeviceIndex', 'Ipv6Native', 'MapPublicIpOnLaunch', 'OutpostArn', 'Tags', 'VpcId'),
      Ipv6CidrBlock: all(item, 'Ipv6CidrBlockAssociationSet.*')
        .filter((association) => get(association, 'Ipv6CidrBlockState.State') === 'associated')
        .map((association) => get(association, 'Ipv6CidrBlock'))[0],
      PrivateDnsNameOptionsOnLaunch: where(get(item, 'PrivateDnsNameOptionsOnLaunch'), (options) =>
        pick(options, 'EnableResourceNameDnsAAAARecord', 'EnableResourceNameDnsARecord', 'HostnameType'),
      ),
    },
    live: lift(item, { id: 'SubnetId', owner_id: 'OwnerId' }),
  }),
};

/** The rule that stands at the end of each list, which nobody can change. */
const LAST_RULE = 32767;

export const networkAcl: Collector = {
  type: 'AWS::EC2::NetworkAcl',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeNetworkAcls', 'NetworkAcls.*'),
  tells: ['Tags', 'VpcId', '@egress', '@ingress'],
  beside: { 'AWS::EC2::NetworkAclEntry': 'ec2:DescribeNetworkAcls' },
  id: 'NetworkAclId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:network-acl/{NetworkAclId}',
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, 'Tags', 'VpcId'),
    live: {
      ...lift(item, { id: 'NetworkAclId', is_default: 'IsDefault', owner_id: 'OwnerId' }),
      subnet_ids: all(item, 'Associations.*.SubnetId'),
    },
    also: all(item, 'Entries.*')
      .filter((entry) => get(entry, 'RuleNumber') !== LAST_RULE)
      .map((entry) => entryOf(item, entry)),
  }),
};

function entryOf(acl: SnapshotJson, entry: SnapshotJson): Companion {
  const NetworkAclId = get(acl, 'NetworkAclId');
  const side = get(entry, 'Egress') === true ? 'egress' : 'ingress';
  return {
    type: 'AWS::EC2::NetworkAclEntry',
    id: `${NetworkAclId}/${side}/${get(entry, 'RuleNumber')}`,
    properties: {
      NetworkAclId,
      ...pick(entry, 'CidrBlock', 'Egress', 'Ipv6CidrBlock', 'RuleAction', 'RuleNumber'),
      // A number in a template, a text in an answer.
      Protocol: where(get(entry, 'Protocol'), (protocol) => Number(protocol)),
      Icmp: where(get(entry, 'IcmpTypeCode'), (icmp) => pick(icmp, 'Code', 'Type')),
      PortRange: where(get(entry, 'PortRange'), (ports) => pick(ports, 'From', 'To')),
    },
  };
}
