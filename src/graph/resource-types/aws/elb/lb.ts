import { certain, defineResourceType, keyed, pairs, words } from '../../entries.js';

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
      }),
      Tags: pairs('tags'),
    },
  },
  identity: { same: [['arn', 'id'], ['name'], ['dns_name']], unique: { arn: 'global', id: 'global', name: 'region' } },
  shape: { unset: { 'access_logs.prefix': [''] } },
  aliases: { aws_alb: {} },
  defaults: {
    internal: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb#internal',
      ),
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
});
