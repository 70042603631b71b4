import { because, defineResourceType, list, mountList } from '../../entries.js';

/** Inline routes are objects with every key, empty where unused. */
const TARGETS = [
  'cidr_block',
  'ipv6_cidr_block',
  'destination_prefix_list_id',
  'carrier_gateway_id',
  'core_network_arn',
  'egress_only_gateway_id',
  'gateway_id',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
];

export const routeTable = defineResourceType({
  type: 'aws_route_table',
  cloudformation: { type: 'AWS::EC2::RouteTable', ref: 'id', getAtt: { RouteTableId: 'id' } },
  terraform: {
    attributes: {
      route: list('route', { cidr_block: 'destination_cidr_block', ipv6_cidr_block: 'destination_ipv6_cidr_block' }),
    },
  },
  shape: { unset: Object.fromEntries(TARGETS.map((name) => [`route.${name}`, ['']])) },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [mountList('route[]', { type: 'aws_route', link: 'route_table_id', to: 'id' })],
  aliases: { aws_default_route_table: {} },
  nothing: ['route', 'propagating_vgws'],
  links: {
    vpc_id: 'aws_vpc',
    'route.gateway_id': ['aws_internet_gateway', 'aws_vpn_gateway'],
    'route.nat_gateway_id': 'aws_nat_gateway',
    'route.vpc_peering_connection_id': 'aws_vpc_peering_connection',
    'route.transit_gateway_id': 'aws_ec2_transit_gateway',
    'route.vpc_endpoint_id': 'aws_vpc_endpoint',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a resource of its own', 'propagating_vgws', 'route'),
  },
});
