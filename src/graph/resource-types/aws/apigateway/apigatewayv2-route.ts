import { defineResourceType } from '../../entries.js';

export const apigatewayv2Route = defineResourceType({
  type: 'aws_apigatewayv2_route',
  links: { api_id: 'aws_apigatewayv2_api', authorizer_id: 'aws_apigatewayv2_authorizer' },
});
