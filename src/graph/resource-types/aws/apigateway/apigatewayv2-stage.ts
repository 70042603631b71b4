import { alike, because, defineResourceType, untranslated } from '../../entries.js';

export const apigatewayv2Stage = defineResourceType({
  type: 'aws_apigatewayv2_stage',
  cloudformation: {
    type: 'AWS::ApiGatewayV2::Stage',
    ref: 'name',
    properties: {
      AccessLogSettings: alike(),
      DefaultRouteSettings: alike(),
      RouteSettings: untranslated('route_settings'),
      StageName: 'name',
      StageVariables: 'stage_variables',
      Tags: 'tags',
    },
  },
  identity: { same: [['arn']], unique: { arn: 'global' } },
  nothing: ['default_route_settings.logging_level', 'route_settings.logging_level'],
  links: { api_id: 'aws_apigatewayv2_api', 'access_log_settings.destination_arn': 'aws_cloudwatch_log_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'route_settings'),
  },
});
