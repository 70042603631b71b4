import { because, defineResourceType, untranslated } from '../../entries.js';

export const apigatewayv2Route = defineResourceType({
  type: 'aws_apigatewayv2_route',
  cloudformation: {
    type: 'AWS::ApiGatewayV2::Route',
    ref: 'id',
    properties: { RequestModels: 'request_models', RequestParameters: untranslated('request_parameter') },
  },
  links: { api_id: 'aws_apigatewayv2_api', authorizer_id: 'aws_apigatewayv2_authorizer' },
  terraformOnly: {
    ...because('no property', 'request_parameter'),
  },
});
