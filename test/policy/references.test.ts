import { describe, expect, test } from 'vitest';
import type { Link, Resource, ResourceGraph } from '../../src/model/resource.js';
import type { UnknownValue } from '../../src/model/value.js';
import { Compiler } from '../../src/policy/language/compile.js';
import { FUNCTIONS } from '../../src/policy/language/functions/index.js';
import { parseExpression } from '../../src/policy/language/parse-expression.js';
import { causesOf, type RuntimeValue } from '../../src/policy/language/runtime-value.js';
import { Scope, SlotCounter } from '../../src/policy/language/scope.js';
import { partly, unknown } from '../support/to-value.js';
import { graph, resource, toValue } from './orchard.js';

function show(value: RuntimeValue): string {
  switch (value.kind) {
    case 'unknown':
      return `unknown: ${causesOf(value)
        .map(({ reason }) => reason)
        .join(', ')}`;
    case 'error':
      return `${value.category}: ${value.message}`;
    case 'resource':
      return value.resource.address;
    case 'null':
    case 'ip':
    case 'cidr':
      return value.kind;
    case 'list':
      return `[${value.elements.map((element, at) => `${value.existence?.get(at) ?? ''} ${show(element)}`.trim()).join(', ')}${value.rest === undefined ? '' : ', …'}]`;
    default:
      return 'value' in value ? String(value.value) : value.kind;
  }
}

function evaluate(source: string, subject: Resource, input: ResourceGraph): string {
  const parsed = parseExpression(source);
  if (!parsed.ok) return parsed.problem.message;
  const scope = new Scope(
    new Map([['resource', { kind: 'constant', value: { kind: 'resource', resource: subject } }]] as const),
    new SlotCounter(),
  );
  const run = new Compiler(FUNCTIONS).compile(parsed.expression, scope);
  return show(run({ slots: [], context: { graph: input, resource: subject, touched: [subject] } }));
}

const link = (from: Resource, path: string, to: Resource, isCertain = true): Link => ({
  from: from.key,
  path,
  to: to.key,
  isCertain,
});

describe('target and related', () => {
  const trail = resource('aws_cloudtrail', 'trail', {
    s3_bucket_name: 'apples',
    topics: ['sns-a', 'sns-b'],
    kms: 'key',
  });
  const bucket = resource('aws_s3_bucket', 'apples', { bucket: 'apples', acl: 'private' });
  const maybe = resource(
    'aws_cloudtrail',
    'maybe',
    {},
    { existence: { kind: 'unknown', reason: 'variable-without-value' } },
  );
  const all = resource('aws_cloudtrail', 'all[*]', {}, { isPrototype: true });
  const first = resource('aws_sns_topic', 'a', { arn: 'sns-a' });
  const second = resource('aws_sns_topic', 'b', { arn: 'sns-b' });
  const foreign = resource(
    'aws_s3_bucket',
    'foreign',
    { bucket: 'foreign', grant: [{ uri: 'x' }] },
    { presence: 'stand-in' },
  );
  const account = resource('aws_account', 'self', {}, { presence: 'scope' });
  const links = [
    link(trail, 's3_bucket_name', bucket),
    link(maybe, 's3_bucket_name', bucket),
    link(all, 's3_bucket_name', bucket, false),
    link(trail, 'topics', first),
    link(trail, 'topics', second),
    link(trail, 'kms', foreign),
  ];
  const by = (key: 'from' | 'to') => {
    const map = new Map<string, Link[]>();
    for (const entry of links) map.set(entry[key], [...(map.get(entry[key]) ?? []), entry]);
    return map;
  };
  const input = graph([trail, bucket, maybe, all, first, second, foreign, account], {
    linksFrom: by('from'),
    linksTo: by('to'),
    scopes: new Map([
      [
        'aws_account',
        new Map([
          [trail.key, account.key],
          [bucket.key, account.key],
        ]),
      ],
    ]),
    sensitive: [],
    unresolvedLinks: new Map([['aws_s3_bucket', [{ from: second.key, path: 'logs' }]]]),
    openTypes: new Map([
      ['.', { open: new Map([['aws_glue_job', { reason: 'limit-reached', subject: 'aws_glue_job' }]]) }],
    ]),
  });

  test.each([
    ['target(resource.s3_bucket_name, "aws_s3_bucket")', 'aws_s3_bucket.apples'],
    ['target(resource.s3_bucket_name, "aws_s3_bucket").acl', 'private'],
    ['target(resource.s3_bucket_name, "aws_sns_topic")', 'null'],
    ['target(resource.missing, "aws_s3_bucket")', 'null'],
    ['resource.topics.map(t, target(t, "aws_sns_topic"))', '[aws_sns_topic.a, aws_sns_topic.b]'],
    ['target(resource.kms, "aws_s3_bucket") != null', 'unknown: outside-input'],
    ['target(resource.kms, "aws_s3_bucket").acl', 'unknown: outside-input'],
    ['target(resource.kms, "aws_s3_bucket").grant.exists(g, g.uri == "x")', 'true'],
    ['target(resource.kms, "aws_s3_bucket").grant.exists(g, g.uri == "y")', 'unknown: outside-input'],
    ['target("sg-1", "aws_vpc")', 'null'],
    ['target("vpc-1", "aws_vpc") != null', 'true'],
    ['scope("aws_account").s3', 'unknown: outside-input'],
    ['scope("aws_region").ebs', 'unknown: outside-input'],
    ['scope("aws_account").related("aws_cloudtrail")', '[aws_cloudtrail.trail, …]'],
  ])('%s', (source, expected) => {
    expect(evaluate(source, trail, input)).toBe(expected);
  });

  test.each([
    [
      'resource.related("aws_cloudtrail")',
      '[any-number aws_cloudtrail.all[*], perhaps aws_cloudtrail.maybe, aws_cloudtrail.trail]',
    ],
    ['resource.related("aws_cloudtrail", "s3_bucket_name").size() >= 1', 'true'],
    ['resource.related("aws_cloudtrail", "other").size()', '0'],
    ['resource.related("aws_sns_topic")', '[perhaps aws_sns_topic.b]'],
    ['resource.related("aws_sns_topic").size() > 0', 'unknown: companion-link-unknown'],
    // A limit left some of them out.
    ['resource.related("aws_glue_job").size() == 0', 'unknown: limit-reached'],
  ])('%s', (source, expected) => {
    expect(evaluate(source, bucket, input)).toBe(expected);
  });

  test('follow references through attributes, and keep several as alternatives', () => {
    const reference = (to: Resource, attribute: string) => ({ root: '.', address: to.address, attribute });
    const refers = (...refersTo: UnknownValue['refersTo'] & object) => unknown('id', { refersTo });
    const access = resource('aws_s3_access_point', 'p', { bucket: refers(reference(bucket, 'id')) });
    const user = resource('orchard', 'u', {
      direct: refers(reference(bucket, 'arn')),
      through: refers(reference(access, 'bucket')),
      wrong: refers(reference(access, 'arn')),
      either: refers(reference(bucket, 'id'), reference(foreign, 'id')),
      lost: refers({ root: '.', address: 'aws_s3_bucket.gone', attribute: 'id' }),
    });
    const all = graph([bucket, foreign, access, user]);
    const of = (name: string, rest = '') => evaluate(`target(resource.${name}, "aws_s3_bucket")${rest}`, user, all);
    expect([of('direct'), of('through'), of('wrong'), of('either', '.acl == "public"'), of('lost')]).toEqual([
      'aws_s3_bucket.apples',
      'aws_s3_bucket.apples',
      'null',
      'unknown: more-than-one, outside-input',
      'unknown: variable-without-value',
    ]);
  });
});

describe('functions on values', () => {
  const account = unknown('account', { reason: 'provider-configuration', type: { kind: 'string' }, notNull: true });
  const free = unknown('free', { type: { kind: 'string' }, notNull: true });
  const written = {
    ...toValue('plum'),
    origin: { file: { path: 'a.tf', text: '' }, start: 0, end: 0, step: 'written' },
  };
  const network = (address: string, attribute: string) =>
    unknown('network', {
      reason: 'data-source',
      type: { kind: 'string' },
      identity: `.\0${address}.${attribute}`,
      refersTo: [{ root: '.', address, attribute }],
    });
  const orchard = resource('orchard', 'o', {
    role: partly('arn:aws:iam::', account, ':role/x'),
    any: partly('arn:aws:', free, ':x:1:y'),
    image: partly(free, ':1.2'),
    pinned: partly('apples@sha256:', free),
    wide: partly(free, '/0'),
    narrow: partly('10.0.', free, '/16'),
    own: network('data.aws_vpc.orchard["a.b"]', 'cidr_block'),
    other: network('data.aws_ec2_managed_prefix_list.orchard', 'cidr_block'),
    made: { ...network('data.aws_vpc.orchard', 'cidr_block'), identity: 'replace\0own' },
    ports: partly('20-', free),
    written,
    flag: { ...written, origin: { ...written.origin, step: 'flag' } },
  });
  const all = graph([orchard]);

  test.each([
    ['arn("arn:aws:s3:::apples/a:b").resource', 'apples/a:b'],
    ['arn("123456789012").account', '123456789012'],
    ['arn("apples").account', 'null'],
    ['arn(resource.role).account', 'unknown: provider-configuration'],
    ['arn(resource.role).resource', 'role/x'],
    ['arn(resource.any).partition', 'aws'],
    ['arn(resource.any).account', 'unknown: variable-without-value'],
    ['image("ghcr.io/orchard/apples:1.2@sha256:ab").registry', 'ghcr.io'],
    ['image("ghcr.io:80/orchard/apples:1.2@sha256:ab").repository', 'orchard/apples'],
    ['image("apples").tag', 'null'],
    ['image(resource.image).tag', '1.2'],
    ['image(resource.pinned).digest != null', 'true'],
    ['isAnyAddress("0.0.0.0/00")', 'false'],
    ['isAnyAddress("::0/0") && isAnyAddress("*") && isAnyAddress("Internet") && isAnyAddress("0.0.0.0/0")', 'true'],
    ['isAnyAddress(resource.wide)', 'unknown: variable-without-value'],
    ['isAnyAddress(resource.narrow)', 'false'],
    ['isAnyAddress(resource.missing)', 'false'],
    ['resource.narrow.matches("^10[.](0|1)[.]")', 'true'],
    ['resource.narrow.matches("^10[.](0|1)[.]$")', 'unknown: variable-without-value'],
    ['resource.narrow.matches("0[.]\\\\b")', 'unknown: variable-without-value'],
    ['resource.image.matches("1[.][0-9]")', 'true'],
    ['resource.image.matches("^:1[.][0-9]")', 'unknown: variable-without-value'],
    ['isAnyAddress(resource.own)', 'false'],
    ['isAnyAddress(resource.other)', 'unknown: data-source'],
    ['isAnyAddress(resource.made)', 'unknown: data-source'],
    ['portRange("20-30").to', '30'],
    ['portRange("*").to', '65535'],
    ['portRange(resource.ports).from', '20'],
    ['portRange(resource.ports).to >= 22', 'unknown: variable-without-value'],
    ['portRange("ssh").from', 'invalid-value: "ssh" is no port and no range of ports.'],
    ['cidr("10.1.0.0/16").isPublic() || cidr("fd00::/8").isPublic()', 'false'],
    ['cidr("10.0.0.0/7").isPublic() && cidr("8.8.8.8/32").isPublic() && cidr("::/0").isPublic()', 'true'],
    ['cidr("apples").isPublic()', 'invalid-value: "apples" is no CIDR.'],
    ['cidr("10.0.0.0/8").containsIP("10.1.2.3") && !cidr("10.0.0.0/8").containsCIDR("10.0.0.0/7")', 'true'],
    [
      'cidr("10.1.2.3/8").masked() == cidr("10.0.0.0/8") && ip("::1").isLoopback() && ip("1.2.3.4").family() == 4',
      'true',
    ],
    ['string(ip("2001:db8::0:1"))', '2001:db8::1'],
    ['isWritten(resource.written)', 'true'],
    ['isWritten(resource.flag) || isWritten(resource.missing) || isWritten(resource.wide)', 'false'],
    ['timestamp("2026-11-22T00:00:00Z") - timestamp("2026-11-20T00:00:00Z") <= duration("48h")', 'true'],
    ['timestamp("yesterday")', 'invalid-value: "yesterday" is no timestamp.'],
  ])('%s', (source, expected) => {
    expect(evaluate(source, orchard, all)).toBe(expected);
  });
});

describe('questions about documents', () => {
  const everyone = [{ type: '*', identifiers: ['*'] }];
  const document = (...statement: object[]) => resource('aws_s3_bucket', 'b', { policy: { statement } });
  const open = { effect: 'Allow', actions: ['s3:*'], resources: ['*'], principals: everyone };
  const ask = (source: string, subject: Resource) => evaluate(source, subject, graph([subject]));

  test('are answered by the statements', () => {
    const subject = document(open);
    expect(ask('resource.policy.isPublic()', subject)).toBe('true');
    expect(ask('resource.policy.statement.exists(s, s.isPublic())', subject)).toBe('true');
    expect(ask('resource.policy.allows("s3:GetObject", "*")', subject)).toBe('true');
    expect(ask('resource.policy.deniesAll({"aws:SecureTransport": "false"})', subject)).toBe('false');
    expect(ask('resource.missing.allows("*", "*") || resource.missing.isPublic()', subject)).toBe('false');
    const half = document({ ...open, actions: [unknown('action')] });
    expect(ask('resource.policy.allows("s3:GetObject", "*")', half)).toBe('unknown: variable-without-value');
    const org = { test: 'StringEquals', variable: 'aws:principalorgid', values: ['o-1'] };
    const narrowed = document({ ...open, condition: [org] });
    expect(ask('resource.policy.statement.all(s, s.isRestrictedBy(["aws:PrincipalOrgID"]))', narrowed)).toBe('true');
  });
});
