import { alike, assumed, certain, defineResourceType, iamPolicy, jsonDocument, mountObject } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html';

export const apiGatewayRestApi = defineResourceType({
  type: 'aws_api_gateway_rest_api',
  cloudformation: {
    type: 'AWS::ApiGateway::RestApi',
    ref: 'id',
    getAtt: { RestApiId: 'id' },
    properties: {
      ApiKeySourceType: 'api_key_source',
      Body: jsonDocument('body'),
      EndpointConfiguration: alike(),
      MinimumCompressionSize: 'minimum_compression_size',
      Mode: 'put_rest_api_mode',
      Policy: iamPolicy('policy'),
    },
  },
  terraform: { attributes: { policy: iamPolicy(), body: jsonDocument('body') } },
  identity: {
    same: [['id'], ['arn'], ['execution_arn']],
    unique: { id: 'global', arn: 'global' },
    arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}',
  },
  companions: [
    mountObject('policy', { type: 'aws_api_gateway_rest_api_policy', link: 'rest_api_id', to: 'id', value: 'policy' }),
  ],
  nothing: ['policy', 'binary_media_types', 'minimum_compression_size', 'description'],
  defaults: {
    body: { unless: ['native.BodyS3Location'] },
    disable_execute_api_endpoint: {
      terraform: assumed(false, 'https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html'),
      cloudformation: certain(false, TEMPLATE),
    },
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
});
