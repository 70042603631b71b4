import { because, certain, defineResourceType, hoist, keyed, list, mountList, otherSpelling } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html';

const TARGET_GROUP_HEALTH = Object.fromEntries(
  ['dns_failover', 'unhealthy_state_routing'].flatMap((part) =>
    ['count', 'percentage'].map((kind) => [
      `target_group_health.${part}.minimum_healthy_targets.${kind}`,
      `target_group_health.${part}.minimum_healthy_targets_${kind}`,
    ]),
  ),
);

export const lbTargetGroup = defineResourceType({
  type: 'aws_lb_target_group',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    ref: 'arn',
    getAtt: { TargetGroupArn: 'arn', TargetGroupFullName: 'arn_suffix', TargetGroupName: 'name' },
    properties: {
      HealthCheckEnabled: 'health_check.enabled',
      HealthCheckIntervalSeconds: 'health_check.interval',
      HealthCheckPath: 'health_check.path',
      HealthCheckPort: 'health_check.port',
      HealthCheckProtocol: 'health_check.protocol',
      HealthCheckTimeoutSeconds: 'health_check.timeout',
      HealthyThresholdCount: 'health_check.healthy_threshold',
      Matcher: hoist({
        GrpcCode: otherSpelling('HttpCode', 'health_check.matcher'),
        HttpCode: 'health_check.matcher',
      }),
      TargetGroupAttributes: keyed({
        'deregistration_delay.connection_termination.enabled': 'connection_termination',
        'deregistration_delay.timeout_seconds': 'deregistration_delay',
        'lambda.multi_value_headers.enabled': 'lambda_multi_value_headers_enabled',
        'load_balancing.algorithm.anomaly_mitigation': 'load_balancing_anomaly_mitigation',
        'load_balancing.algorithm.type': 'load_balancing_algorithm_type',
        'load_balancing.cross_zone.enabled': 'load_balancing_cross_zone_enabled',
        'preserve_client_ip.enabled': 'preserve_client_ip',
        'proxy_protocol_v2.enabled': 'proxy_protocol_v2',
        'slow_start.duration_seconds': 'slow_start',
        'stickiness.app_cookie.cookie_name': 'stickiness.cookie_name',
        'stickiness.app_cookie.duration_seconds': 'stickiness.cookie_duration',
        'stickiness.enabled': 'stickiness.enabled',
        'stickiness.lb_cookie.duration_seconds': 'stickiness.cookie_duration',
        'stickiness.type': 'stickiness.type',
        'target_failover.on_deregistration': 'target_failover.on_deregistration',
        'target_failover.on_unhealthy': 'target_failover.on_unhealthy',
        'target_health_state.unhealthy.connection_termination.enabled':
          'target_health_state.enable_unhealthy_connection_termination',
        'target_health_state.unhealthy.draining_interval_seconds': 'target_health_state.unhealthy_draining_interval',
        ...TARGET_GROUP_HEALTH,
      }),
      Targets: list('attachment', { Id: 'target_id' }),
      UnhealthyThresholdCount: 'health_check.unhealthy_threshold',
    },
  },
  defaults: {
    target_type: { cloudformation: certain('instance', TEMPLATE) },
  },
  identity: { same: [['arn', 'id'], ['name']], unique: { arn: 'global', id: 'global', name: 'region' } },
  shape: { single: ['target_failover', 'target_health_state'] },
  companions: [
    mountList('attachment[]', { type: 'aws_lb_target_group_attachment', link: 'target_group_arn', to: 'arn' }),
  ],
  aliases: { aws_alb_target_group: {} },
  nothing: ['name', 'name_prefix'],
  links: { vpc_id: 'aws_vpc', 'attachment.target_id': ['aws_instance', 'aws_lambda_function', 'aws_lb'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
