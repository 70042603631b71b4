import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_api_gateway_rest_api`. */
export const apiGatewayRestApiPolicy = defineResourceType({
  type: 'aws_api_gateway_rest_api_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
