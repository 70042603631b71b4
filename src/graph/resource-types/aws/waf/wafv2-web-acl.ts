import { alike, defineResourceType, mapOf, mountList, mountObject } from '../../entries.js';

export const wafv2WebAcl = defineResourceType({
  type: 'aws_wafv2_web_acl',
  cloudformation: {
    type: 'AWS::WAFv2::WebACL',
    ref: 'id',
    properties: {
      CaptchaConfig: alike(),
      ChallengeConfig: alike(),
      CustomResponseBodies: mapOf('custom_response_body', { Key: 'key' }),
      DataProtectionConfig: alike(),
      DefaultAction: alike(),
      Rules: alike('rule'),
      VisibilityConfig: alike(),
    },
  },
  identity: { same: [['id'], ['arn'], ['name']], unique: { id: 'global', arn: 'global' } },
  companions: [
    mountList('association[]', { type: 'aws_wafv2_web_acl_association', link: 'web_acl_arn', to: 'arn' }),
    mountObject('logging_configuration', {
      type: 'aws_wafv2_web_acl_logging_configuration',
      link: 'resource_arn',
      to: 'arn',
    }),
  ],
  nothing: ['name', 'name_prefix'],
  links: {
    'association.resource_arn': ['aws_lb', 'aws_api_gateway_stage', 'aws_appsync_graphql_api', 'aws_cognito_user_pool'],
    'logging_configuration.log_destination_configs': [
      'aws_cloudwatch_log_group',
      'aws_s3_bucket',
      'aws_kinesis_firehose_delivery_stream',
    ],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
