import { defineResourceType, intoList, list } from '../../entries.js';

/** A target group alone is `forward` with one. */
const ACTION = { target_group_arn: intoList('forward.target_group', 'arn') };

export const lbListenerRule = defineResourceType({
  type: 'aws_lb_listener_rule',
  terraform: { attributes: { action: list('action', ACTION) } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  aliases: { aws_alb_listener_rule: {} },
  links: { listener_arn: 'aws_lb_listener', 'action.forward.target_group.arn': 'aws_lb_target_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
