import { alike, defineResourceType, jsonDocument } from '../../entries.js';

export const apigatewayv2Api = defineResourceType({
  type: 'aws_apigatewayv2_api',
  cloudformation: {
    type: 'AWS::ApiGatewayV2::Api',
    ref: 'id',
    getAtt: { ApiId: 'id' },
    properties: { Body: jsonDocument('body'), CorsConfiguration: alike() },
  },
  terraform: { attributes: { body: jsonDocument('body') } },
  defaults: { body: { unless: ['native.BodyS3Location'] } },
  identity: { same: [['id'], ['arn'], ['execution_arn']], unique: { id: 'global', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
