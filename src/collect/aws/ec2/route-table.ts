import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion } from '../collector.js';
import { all, get, lift, pick, textAt } from '../json.js';
import { describe } from './describe.js';

export const routeTable: Collector = {
  type: 'AWS::EC2::RouteTable',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeRouteTables', 'RouteTables.*', 100),
  tells: ['Tags', 'VpcId', '@route'],
  beside: {
    'AWS::EC2::Route': 'ec2:DescribeRouteTables',
    'AWS::EC2::SubnetRouteTableAssociation': 'ec2:DescribeRouteTables',
  },
  id: 'RouteTableId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:route-table/{RouteTableId}',
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, 'Tags', 'VpcId'),
    live: {
      ...lift(item, { id: 'RouteTableId', owner_id: 'OwnerId' }),
      is_main: all(item, 'Associations.*').some((association) => get(association, 'Main') === true),
    },
    also: [
      ...all(item, 'Routes.*')
        .filter((route) => get(route, 'GatewayId') !== 'local')
        .map((route) => routeOf(item, route)),
      ...all(item, 'Associations.*').flatMap((association) => associationOf(item, association)),
    ],
  }),
};

/** A route as it is written; the one within the network nobody writes. */
function routeOf(table: SnapshotJson, route: SnapshotJson): Companion {
  const RouteTableId = get(table, 'RouteTableId');
  const to = pick(route, 'DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId');
  const gateway = textAt(route, 'GatewayId');
  return {
    type: 'AWS::EC2::Route',
    id: `${RouteTableId}/${Object.values(to).find((destination) => destination !== undefined)}`,
    properties: {
      RouteTableId,
      ...to,
      ...pick(route, 'CarrierGatewayId', 'CoreNetworkArn', 'EgressOnlyInternetGatewayId', 'InstanceId'),
      ...pick(route, 'LocalGatewayId', 'NatGatewayId', 'NetworkInterfaceId', 'OdbNetworkArn', 'TransitGatewayId'),
      ...pick(route, 'VpcPeeringConnectionId'),
      // An endpoint is a gateway in an answer.
      ...(gateway === '' ? {} : gateway.startsWith('vpce-') ? { VpcEndpointId: gateway } : { GatewayId: gateway }),
    },
  };
}

function associationOf(table: SnapshotJson, association: SnapshotJson): readonly Companion[] {
  if (get(association, 'SubnetId') === undefined) return [];
  return [
    {
      type: 'AWS::EC2::SubnetRouteTableAssociation',
      id: textAt(association, 'RouteTableAssociationId'),
      properties: { RouteTableId: get(table, 'RouteTableId'), SubnetId: get(association, 'SubnetId') },
    },
  ];
}
