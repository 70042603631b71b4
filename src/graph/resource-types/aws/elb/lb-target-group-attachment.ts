import { defineResourceType } from '../../entries.js';

/** Folded into `aws_lb_target_group`. */
export const lbTargetGroupAttachment = defineResourceType({
  type: 'aws_lb_target_group_attachment',
  aliases: { aws_alb_target_group_attachment: {} },
});
