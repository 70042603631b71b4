import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_vpc_endpoint`. */
export const vpcEndpointPolicy = defineResourceType({
  type: 'aws_vpc_endpoint_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
