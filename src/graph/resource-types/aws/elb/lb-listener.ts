import { assumed, defineResourceType, intoList, list, mountNamed } from '../../entries.js';

/** A target group alone is `forward` with one. */
const ACTION = { target_group_arn: intoList('forward.target_group', 'arn') };

/** The console proposes others; the API does not. */
const DEFAULT_POLICY = {
  ...assumed(
    'ELBSecurityPolicy-2016-08',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  ),
  when: { sibling: 'protocol', equals: ['HTTPS', 'TLS'] },
};

export const lbListener = defineResourceType({
  type: 'aws_lb_listener',
  terraform: { attributes: { default_action: list('default_action', ACTION) } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  companions: [
    mountNamed('certificate[]', 'certificate_arn', {
      type: 'aws_lb_listener_certificate',
      link: 'listener_arn',
      to: 'arn',
    }),
  ],
  aliases: { aws_alb_listener: {} },
  nothing: ['protocol'],
  defaults: {
    ssl_policy: { terraform: DEFAULT_POLICY, cloudformation: DEFAULT_POLICY },
  },
  links: {
    load_balancer_arn: 'aws_lb',
    certificate_arn: ['aws_acm_certificate', 'aws_iam_server_certificate'],
    'default_action.forward.target_group.arn': 'aws_lb_target_group',
    'certificate.certificate_arn': ['aws_acm_certificate', 'aws_iam_server_certificate'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
