import {
  assumed,
  because,
  certain,
  defineResourceType,
  hoist,
  list,
  mountList,
  mountNamed,
  object,
  words,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancing-loadbalancer.html';

// CloudFormation's page names no default.
const CONVENTION =
  'https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html';

export const elb = defineResourceType({
  type: 'aws_elb',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    ref: 'name',
    getAtt: {
      CanonicalHostedZoneNameID: 'zone_id',
      DNSName: 'dns_name',
      'SourceSecurityGroup.GroupName': 'source_security_group',
    },
    properties: {
      AccessLoggingPolicy: object('access_logs', {
        EmitInterval: 'interval',
        S3BucketName: 'bucket',
        S3BucketPrefix: 'bucket_prefix',
      }),
      ConnectionDrainingPolicy: hoist({ Enabled: 'connection_draining', Timeout: 'connection_draining_timeout' }),
      ConnectionSettings: hoist({ IdleTimeout: 'idle_timeout' }),
      CrossZone: 'cross_zone_load_balancing',
      HealthCheck: object('health_check', {
        HealthyThreshold: 'healthy_threshold',
        Interval: 'interval',
        Timeout: 'timeout',
        UnhealthyThreshold: 'unhealthy_threshold',
      }),
      Listeners: list('listener', {
        InstancePort: 'instance_port',
        LoadBalancerPort: 'lb_port',
        Protocol: 'lb_protocol',
        SSLCertificateId: 'ssl_certificate_id',
      }),
      LoadBalancerName: 'name',
      Policies: list('policy', { Attributes: list('policy_attribute'), PolicyType: 'policy_type_name' }),
      Scheme: words('internal', { internal: 'true', 'internet-facing': 'false' }),
    },
  },
  identity: { same: [['name', 'id'], ['arn'], ['dns_name']], unique: { name: 'region', arn: 'global', id: 'region' } },
  companions: [
    mountList('attachment[]', { type: 'aws_elb_attachment', link: 'elb', to: 'name' }),
    mountNamed('policy[]', 'policy_name', { type: 'aws_load_balancer_policy', link: 'load_balancer_name', to: 'name' }),
  ],
  defaults: {
    'access_logs.interval': { cloudformation: certain(60, TEMPLATE) },
    internal: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elb#internal',
      ),
      cloudformation: assumed(false, CONVENTION),
    },
  },
  nothing: ['name', 'name_prefix', 'security_groups', 'subnets', 'instances', 'availability_zones'],
  links: {
    security_groups: 'aws_security_group',
    subnets: 'aws_subnet',
    instances: 'aws_instance',
    'access_logs.bucket': 'aws_s3_bucket',
    'listener.ssl_certificate_id': ['aws_acm_certificate', 'aws_iam_server_certificate'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'desync_mitigation_mode'),
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('the service makes it', 'source_security_group'),
  },
});
