import { alike, defineResourceType, list, mountNamed } from '../../entries.js';

const METHOD_SETTINGS = Object.fromEntries(
  [
    ['CacheDataEncrypted', 'cache_data_encrypted'],
    ['CacheTtlInSeconds', 'cache_ttl_in_seconds'],
    ['CachingEnabled', 'caching_enabled'],
    ['DataTraceEnabled', 'data_trace_enabled'],
    ['LoggingLevel', 'logging_level'],
    ['MetricsEnabled', 'metrics_enabled'],
    ['ThrottlingBurstLimit', 'throttling_burst_limit'],
    ['ThrottlingRateLimit', 'throttling_rate_limit'],
  ].map(([property, setting]) => [property, `settings.${setting}`]),
);

export const apiGatewayStage = defineResourceType({
  type: 'aws_api_gateway_stage',
  cloudformation: {
    type: 'AWS::ApiGateway::Stage',
    ref: 'stage_name',
    properties: {
      AccessLogSetting: alike('access_log_settings'),
      CanarySetting: alike('canary_settings'),
      MethodSettings: list('method_settings', METHOD_SETTINGS),
      TracingEnabled: 'xray_tracing_enabled',
    },
  },
  identity: { same: [['id'], ['arn'], ['stage_name']], unique: { arn: 'global' } },
  companions: [
    mountNamed('method_settings[]', 'method_path', {
      type: 'aws_api_gateway_method_settings',
      link: 'stage_name',
      to: 'stage_name',
    }),
  ],
  links: {
    rest_api_id: 'aws_api_gateway_rest_api',
    deployment_id: 'aws_api_gateway_deployment',
    'access_log_settings.destination_arn': ['aws_cloudwatch_log_group', 'aws_kinesis_firehose_delivery_stream'],
    client_certificate_id: 'aws_api_gateway_client_certificate',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
