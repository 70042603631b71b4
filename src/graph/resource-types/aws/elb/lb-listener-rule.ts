import { defineResourceType, type Entries, hoist, intoList, list, object, otherSpelling } from '../../entries.js';

/** A target group alone is `forward` with one. */
const ACTIONS: Entries = {
  AuthenticateCognitoConfig: object('authenticate_cognito', { SessionTimeout: 'session_timeout' }),
  AuthenticateOidcConfig: object('authenticate_oidc', { SessionTimeout: 'session_timeout' }),
  FixedResponseConfig: object('fixed_response'),
  ForwardConfig: object('forward', {
    TargetGroups: list('target_group', { TargetGroupArn: 'arn' }),
    TargetGroupStickinessConfig: object('stickiness', { DurationSeconds: 'duration' }),
  }),
  RedirectConfig: object('redirect'),
  TargetGroupArn: otherSpelling('ForwardConfig', intoList('forward.target_group', 'arn')),
};

/** A target group alone is `forward` with one. */
const ACTION = { target_group_arn: intoList('forward.target_group', 'arn') };

export const lbListenerRule = defineResourceType({
  type: 'aws_lb_listener_rule',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    ref: 'arn',
    getAtt: { RuleArn: 'arn' },
    properties: {
      Actions: list('action', ACTIONS),
      Conditions: list('condition', {
        HostHeaderConfig: object('host_header'),
        HttpHeaderConfig: object('http_header'),
        HttpRequestMethodConfig: object('http_request_method'),
        PathPatternConfig: object('path_pattern'),
        QueryStringConfig: hoist({ Values: list('query_string') }),
        SourceIpConfig: object('source_ip'),
      }),
    },
  },
  terraform: { attributes: { action: list('action', ACTION) } },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  aliases: { aws_alb_listener_rule: {} },
  links: { listener_arn: 'aws_lb_listener', 'action.forward.target_group.arn': 'aws_lb_target_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
