import { defineResourceType, mountNamed } from '../../entries.js';

export const apiGatewayStage = defineResourceType({
  type: 'aws_api_gateway_stage',
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
