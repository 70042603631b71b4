import {
  alike,
  because,
  defineResourceType,
  mapOf,
  mountList,
  mountObject,
  object,
  untranslated,
} from '../../entries.js';

const VISIBILITY = object('visibility_config', { CloudWatchMetricsEnabled: 'cloudwatch_metrics_enabled' });

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
      AssociationConfig: untranslated('association_config'),
      Rules: alike('rule', { VisibilityConfig: VISIBILITY }),
      VisibilityConfig: VISIBILITY,
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
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('a switch of Terraform itself', 'rule_json'),
    ...because(
      'no property',
      'association_config',
      'rule.statement.and_statement.statement',
      'rule.statement.managed_rule_group_statement.managed_rule_group_configs.aws_managed_rules_acfp_rule_set.request_inspection.address_fields.identifiers',
      'rule.statement.managed_rule_group_statement.managed_rule_group_configs.aws_managed_rules_acfp_rule_set.request_inspection.phone_number_fields.identifiers',
      'rule.statement.managed_rule_group_statement.scope_down_statement',
      'rule.statement.not_statement.statement',
      'rule.statement.or_statement.statement',
      'rule.statement.rate_based_statement.scope_down_statement',
    ),
  },
});
