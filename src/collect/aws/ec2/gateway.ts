import type { Collector } from '../collector.js';
import { all, get, lift, NONE, pick } from '../json.js';
import { describe } from './describe.js';

export const internetGateway: Collector = {
  type: 'AWS::EC2::InternetGateway',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeInternetGateways', 'InternetGateways.*'),
  tells: ['Tags'],
  id: 'InternetGatewayId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:internet-gateway/{InternetGatewayId}',
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, 'Tags'),
    live: {
      ...lift(item, { id: 'InternetGatewayId', owner_id: 'OwnerId' }),
      vpc_id: get(item, 'Attachments.0.VpcId') ?? NONE,
    },
  }),
};

export const natGateway: Collector = {
  type: 'AWS::EC2::NatGateway',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeNatGateways', 'NatGateways.*'),
  only: [{ path: 'State', differs: 'deleted' }],
  tells: [
    'AllocationId',
    'AvailabilityMode',
    'ConnectivityType',
    'PrivateIpAddress',
    'SecondaryAllocationIds',
    'SecondaryPrivateIpAddresses',
    'SubnetId',
    'Tags',
    'VpcId',
  ],
  id: 'NatGatewayId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:natgateway/{NatGatewayId}',
  unread: ['AvailabilityZoneAddresses', 'MaxDrainDurationSeconds', 'SecondaryPrivateIpAddressCount'],
  sets: ['SecondaryAllocationIds', 'SecondaryPrivateIpAddresses', 'Tags'],
  project: (item) => {
    const addresses = all(item, 'NatGatewayAddresses.*');
    const first = addresses.find((address) => get(address, 'IsPrimary') === true);
    const others = addresses.filter((address) => get(address, 'IsPrimary') === false);
    return {
      properties: {
        ...pick(item, 'AvailabilityMode', 'ConnectivityType', 'SubnetId', 'Tags', 'VpcId'),
        ...lift(first, { AllocationId: 'AllocationId', PrivateIpAddress: 'PrivateIp' }),
        SecondaryAllocationIds: others.flatMap((address) => all(address, 'AllocationId')),
        SecondaryPrivateIpAddresses: others.flatMap((address) => all(address, 'PrivateIp')),
      },
      live: lift(item, { id: 'NatGatewayId', state: 'State' }),
    };
  },
};

/** An address that is kept, whether something has it or not. */
export const elasticIp: Collector = {
  type: 'AWS::EC2::EIP',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: { call: 'ec2:DescribeAddresses', permission: 'ec2:DescribeAddresses', items: 'Addresses.*' },
  tells: ['Domain', 'InstanceId', 'NetworkBorderGroup', 'PublicIpv4Pool', 'Tags'],
  id: 'AllocationId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:elastic-ip/{AllocationId}',
  unread: ['Address', 'IpamPoolId', 'TransferAddress'],
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, 'Domain', 'InstanceId', 'NetworkBorderGroup', 'PublicIpv4Pool', 'Tags'),
    live: {
      ...lift(item, { id: 'AllocationId', public_ip: 'PublicIp' }),
      network_interface: get(item, 'NetworkInterfaceId') ?? NONE,
      association_id: get(item, 'AssociationId') ?? NONE,
    },
  }),
};
