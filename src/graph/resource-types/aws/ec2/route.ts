import { defineResourceType } from '../../entries.js';

/** Folded into `aws_route_table`. */
export const route = defineResourceType({
  type: 'aws_route',
  cloudformation: {
    type: 'AWS::EC2::Route',
    ref: 'id',
    properties: {
      EgressOnlyInternetGatewayId: 'egress_only_gateway_id',
    },
  },
});
