import { certain, defineResourceType, mountList, mountNamed } from '../../entries.js';

export const elb = defineResourceType({
  type: 'aws_elb',
  identity: { same: [['name', 'id'], ['arn'], ['dns_name']], unique: { name: 'region', arn: 'global', id: 'region' } },
  companions: [
    mountList('attachment[]', { type: 'aws_elb_attachment', link: 'elb', to: 'name' }),
    mountNamed('policy[]', 'policy_name', { type: 'aws_load_balancer_policy', link: 'load_balancer_name', to: 'name' }),
  ],
  defaults: {
    internal: {
      terraform: certain(
        false,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elb#internal',
      ),
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
});
