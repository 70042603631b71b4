import { defineResourceType } from '../../entries.js';

export const routeTableAssociation = defineResourceType({
  type: 'aws_route_table_association',
  cloudformation: [
    { type: 'AWS::EC2::SubnetRouteTableAssociation', ref: 'id' },
    { type: 'AWS::EC2::GatewayRouteTableAssociation', ref: 'id' },
  ],
  links: { route_table_id: 'aws_route_table', subnet_id: 'aws_subnet', gateway_id: 'aws_internet_gateway' },
});
