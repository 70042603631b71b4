import {
  assumed,
  defineResourceType,
  type Entries,
  intoList,
  keyed,
  list,
  mountNamed,
  normalise,
  object,
  onlyOf,
  otherSpelling,
} from '../../entries.js';

/** The headers that a listener may rename or set: `routing.http.response.server.enabled`. */
const HEADERS = Object.fromEntries(
  [
    'routing.http.response.server.enabled',
    ...[
      'strict_transport_security',
      'access_control_allow_origin',
      'access_control_allow_methods',
      'access_control_allow_headers',
      'access_control_allow_credentials',
      'access_control_expose_headers',
      'access_control_max_age',
      'content_security_policy',
      'x_content_type_options',
      'x_frame_options',
    ].map((header) => `routing.http.response.${header}.header_value`),
    ...[
      'x_amzn_mtls_clientcert_serial_number',
      'x_amzn_mtls_clientcert_issuer',
      'x_amzn_mtls_clientcert_subject',
      'x_amzn_mtls_clientcert_validity',
      'x_amzn_mtls_clientcert_leaf',
      'x_amzn_mtls_clientcert',
      'x_amzn_tls_version',
      'x_amzn_tls_cipher_suite',
    ].map((header) => `routing.http.request.${header}.header_name`),
  ].map((key) => [key, key.replaceAll('.', '_')]),
);

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

/** The console proposes others; the API does not. */
const DEFAULT_POLICY = {
  ...assumed(
    'ELBSecurityPolicy-2016-08',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  ),
  when: { sibling: 'protocol', equals: ['HTTPS', 'TLS'] },
};

/** The provider puts what is written in capitals. */
const PROTOCOLS = Object.fromEntries(
  ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

export const lbListener = defineResourceType({
  type: 'aws_lb_listener',
  cloudformation: {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    ref: 'arn',
    getAtt: { ListenerArn: 'arn' },
    properties: {
      AlpnPolicy: onlyOf('alpn_policy'),
      Certificates: onlyOf('certificate_arn', 'CertificateArn'),
      DefaultActions: list('default_action', ACTIONS),
      ListenerAttributes: keyed({ 'tcp.idle_timeout.seconds': 'tcp_idle_timeout_seconds', ...HEADERS }),
      MutualAuthentication: object(),
    },
  },
  terraform: {
    attributes: { default_action: list('default_action', ACTION), protocol: normalise('protocol', PROTOCOLS) },
  },
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
