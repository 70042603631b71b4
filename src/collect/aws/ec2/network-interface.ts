import type { Collector } from '../collector.js';
import { all, each, get, lift, NONE, pick, where } from '../json.js';
import { describe } from './describe.js';

export const networkInterface: Collector = {
  type: 'AWS::EC2::NetworkInterface',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeNetworkInterfaces', 'NetworkInterfaces.*'),
  tells: [
    'ConnectionTrackingSpecification',
    'Description',
    'GroupSet',
    'InterfaceType',
    'Ipv4Prefixes',
    'Ipv6Addresses',
    'Ipv6Prefixes',
    'PrivateIpAddress',
    'PrivateIpAddresses',
    'SourceDestCheck',
    'SubnetId',
    'Tags',
  ],
  id: 'NetworkInterfaceId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:network-interface/{NetworkInterfaceId}',
  unread: [
    'EnablePrimaryIpv6',
    'Ipv4PrefixCount',
    'Ipv6AddressCount',
    'Ipv6PrefixCount',
    'PublicIpDnsHostnameTypeSpecification',
    'SecondaryPrivateIpAddressCount',
  ],
  sets: ['GroupSet', 'Tags'],
  project: (item) => ({
    properties: {
      ...pick(item, 'Description', 'InterfaceType', 'PrivateIpAddress', 'SourceDestCheck', 'SubnetId'),
      ConnectionTrackingSpecification: where(get(item, 'ConnectionTrackingConfiguration'), (tracking) =>
        pick(tracking, 'TcpEstablishedTimeout', 'UdpStreamTimeout', 'UdpTimeout'),
      ),
      GroupSet: all(item, 'Groups.*.GroupId'),
      Ipv4Prefixes: each(item, 'Ipv4Prefixes', (prefix) => pick(prefix, 'Ipv4Prefix')),
      Ipv6Addresses: each(item, 'Ipv6Addresses', (address) => pick(address, 'Ipv6Address')),
      Ipv6Prefixes: each(item, 'Ipv6Prefixes', (prefix) => pick(prefix, 'Ipv6Prefix')),
      PrivateIpAddresses: each(item, 'PrivateIpAddresses', (address) => pick(address, 'Primary', 'PrivateIpAddress')),
      Tags: get(item, 'TagSet'),
    },
    live: {
      ...lift(item, {
        id: 'NetworkInterfaceId',
        is_requester_managed: 'RequesterManaged',
        owner_id: 'OwnerId',
        status: 'Status',
        vpc_id: 'VpcId',
      }),
      instance_id: get(item, 'Attachment.InstanceId') ?? NONE,
      public_ip: get(item, 'Association.PublicIp') ?? NONE,
    },
  }),
};
