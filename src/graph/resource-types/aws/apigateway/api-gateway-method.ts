import { defineResourceType } from '../../entries.js';

export const apiGatewayMethod = defineResourceType({
  type: 'aws_api_gateway_method',
  cloudformation: {
    type: 'AWS::ApiGateway::Method',
    ref: 'id',
    properties: { AuthorizationType: 'authorization', RequestParameters: 'request_parameters' },
  },
  links: {
    rest_api_id: 'aws_api_gateway_rest_api',
    resource_id: 'aws_api_gateway_resource',
    authorizer_id: 'aws_api_gateway_authorizer',
  },
});
