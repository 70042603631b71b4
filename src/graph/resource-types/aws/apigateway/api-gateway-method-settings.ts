import { assumed, defineResourceType } from '../../entries.js';

/** Folded into `aws_api_gateway_stage`. */
export const apiGatewayMethodSettings = defineResourceType({
  type: 'aws_api_gateway_method_settings',
  defaults: Object.fromEntries(
    ['cache_data_encrypted', 'caching_enabled', 'data_trace_enabled', 'metrics_enabled'].map((name) => [
      `settings.${name}`,
      { terraform: assumed(false, 'https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html') },
    ]),
  ),
  undetermined: { 'settings.logging_level': { reason: 'the account may not log at all' } },
});
