import { certain, defineResourceType } from '../../entries.js';

export const lb = defineResourceType({
  type: 'aws_lb',
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
