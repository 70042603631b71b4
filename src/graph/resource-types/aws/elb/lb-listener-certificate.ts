import { defineResourceType } from '../../entries.js';

/** Folded into `aws_lb_listener`. */
export const lbListenerCertificate = defineResourceType({
  type: 'aws_lb_listener_certificate',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
    each: { property: 'Certificates' },
  },
  aliases: { aws_alb_listener_certificate: {} },
});
