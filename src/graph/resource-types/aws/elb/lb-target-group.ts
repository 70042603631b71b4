import { defineResourceType, mountList } from '../../entries.js';

export const lbTargetGroup = defineResourceType({
  type: 'aws_lb_target_group',
  identity: { same: [['arn', 'id'], ['name']], unique: { arn: 'global', id: 'global', name: 'region' } },
  shape: { single: ['target_failover', 'target_health_state'] },
  companions: [
    mountList('attachment[]', { type: 'aws_lb_target_group_attachment', link: 'target_group_arn', to: 'arn' }),
  ],
  aliases: { aws_alb_target_group: {} },
  nothing: ['name', 'name_prefix'],
  links: { vpc_id: 'aws_vpc', 'attachment.target_id': ['aws_instance', 'aws_lambda_function', 'aws_lb'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
