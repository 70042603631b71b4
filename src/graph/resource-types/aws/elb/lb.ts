import { because, certain, defineResourceType, keyed, list, object, pairs, words } from '../../entries.js';

const TEMPLATE_3 =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-loadbalancer-loadbalancerattribute.html';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html';

export const lb = defineResourceType({
  type: 'aws_lb',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ref: 'arn',
    getAtt: { DNSName: 'dns_name', CanonicalHostedZoneID: 'zone_id', LoadBalancerArn: 'arn' },
    properties: {
      Name: 'name',
      Type: 'load_balancer_type',
      Scheme: words('internal', { internal: 'true', 'internet-facing': 'false' }),
      SecurityGroups: 'security_groups',
      Subnets: 'subnets',
      IpAddressType: 'ip_address_type',
      LoadBalancerAttributes: keyed({
        'access_logs.s3.enabled': 'access_logs.enabled',
        'access_logs.s3.bucket': 'access_logs.bucket',
        'access_logs.s3.prefix': 'access_logs.prefix',
        'deletion_protection.enabled': 'enable_deletion_protection',
        'idle_timeout.timeout_seconds': 'idle_timeout',
        'routing.http.desync_mitigation_mode': 'desync_mitigation_mode',
        'routing.http.drop_invalid_header_fields.enabled': 'drop_invalid_header_fields',
        'load_balancing.cross_zone.enabled': 'enable_cross_zone_load_balancing',
        'client_keep_alive.seconds': 'client_keep_alive',
        'connection_logs.s3.bucket': 'connection_logs.bucket',
        'connection_logs.s3.enabled': 'connection_logs.enabled',
        'connection_logs.s3.prefix': 'connection_logs.prefix',
        'dns_record.client_routing_policy': 'dns_record_client_routing_policy',
        'routing.http.preserve_host_header.enabled': 'preserve_host_header',
        'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'enable_tls_version_and_cipher_suite_headers',
        'routing.http.xff_client_port.enabled': 'enable_xff_client_port',
        'routing.http.xff_header_processing.mode': 'xff_header_processing_mode',
        'routing.http2.enabled': 'enable_http2',
        'waf.fail_open.enabled': 'enable_waf_fail_open',
        'zonal_shift.config.enabled': 'enable_zonal_shift',
      }),
      MinimumLoadBalancerCapacity: object(),
      Ipv4IpamPoolId: 'ipam_pools.ipv4_ipam_pool_id',
      SubnetMappings: list('subnet_mapping'),
      Tags: pairs('tags'),
    },
  },
  identity: { same: [['arn', 'id'], ['name'], ['dns_name']], unique: { arn: 'global', id: 'global', name: 'region' } },
  shape: { unset: { 'access_logs.prefix': [''] } },
  aliases: { aws_alb: {} },
  defaults: {
    drop_invalid_header_fields: { cloudformation: certain(false, TEMPLATE_3) },
    enable_deletion_protection: { cloudformation: certain(false, TEMPLATE_3) },
    'access_logs.enabled': { cloudformation: certain(false, TEMPLATE_3) },
    load_balancer_type: { cloudformation: certain('application', TEMPLATE) },
    internal: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb#internal',
      ),
      cloudformation: certain(false, TEMPLATE),
    },
  },
  nothing: ['name', 'name_prefix', 'security_groups', 'subnets'],
  undetermined: { ip_address_type: { reason: 'the subnets decide' } },
  links: {
    security_groups: 'aws_security_group',
    subnets: 'aws_subnet',
    'subnet_mapping.subnet_id': 'aws_subnet',
    'access_logs.bucket': 'aws_s3_bucket',
    'connection_logs.bucket': 'aws_s3_bucket',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'customer_owned_ipv4_pool'),
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
  },
});
