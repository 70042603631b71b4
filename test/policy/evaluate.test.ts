import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../src/findings/evaluation.js';
import type { Resource, ResourceGraph } from '../../src/model/resource.js';
import type { Value } from '../../src/model/value.js';
import { unknownValue } from '../../src/model/values.js';
import { deserializePolicies, evaluatePolicies, loadPolicies, serializePolicies } from '../../src/policy/index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { unknown } from '../support/to-value.js';
import { bool, catalogue, graph, list, map, number, object, resource, text, toValue } from './orchard.js';

const statement = object({
  sid: text,
  effect: text,
  actions: list(text),
  resources: list(text),
  principals: list(object({ type: text, identifiers: list(text) })),
  condition: list(object({ test: text, variable: text, values: list(text) })),
});
const shapes = catalogue(
  {
    aws_s3_bucket: {
      bucket: text,
      acl: text,
      versioning: object({ status: text }),
      public_access_block: object({ restrict_public_buckets: bool, ignore_public_acls: bool }),
      policy: object({ statement: list(statement) }, { document: 'iam-policy' }),
      tags: map(text),
    },
    aws_security_group: {
      name: text,
      ingress: list(
        object({ ip_protocol: text, from_port: number, to_port: number, cidr_ipv4: text, prefix_list_id: text }),
      ),
    },
    aws_ec2_managed_prefix_list: { entry: list(object({ cidr: text })) },
    google_sql_database_instance: {
      settings: object({ database_flags: list(object({ name: text, value: text })) }),
    },
    aws_account: { account_id: text, s3_public_access_block: object({ restrict_public_buckets: bool }) },
    aws_db_instance: { password: { ...text, sensitive: true }, port: number },
  },
  { aws_account: { isScope: true } },
);

/** A source whose values stand where their text does. */
const source = (content: string) => {
  const file = { path: 'main.tf', text: content };
  const at = (needle: string): SourceRange => {
    const start = content.indexOf(needle);
    expect(start, needle).toBeGreaterThanOrEqual(0);
    return { file, start, end: start + needle.length };
  };
  const written = (value: unknown, needle: string): Value => ({
    ...toValue(value),
    origin: { ...at(needle), step: 'written' },
  });
  return { at, written };
};

function judge(policy: string, input: ResourceGraph): Evaluation[] {
  const { policies, diagnostics } = loadPolicies([{ path: 'policy.yaml', text: policy }], shapes);
  expect(diagnostics).toEqual([]);
  // What is shipped is what is evaluated.
  return evaluatePolicies(input, deserializePolicies(serializePolicies(policies)), { now: '2026-11-22', shapes });
}

const textOf = (range: SourceRange | undefined) => range?.file.text.slice(range.start, range.end);
const show = ({ outcome, message, place, also, element, unknowns, assumed }: Evaluation) => ({
  outcome,
  message,
  element: element?.path,
  place: place === undefined ? undefined : [place.path, textOf(place.origin ?? place.block)],
  also: also.map((other) => [other.path, textOf(other.origin ?? other.block)]),
  unknowns: unknowns.map(({ path, reason, subject }) => `${path}: ${reason} ${subject ?? ''}`.trim()),
  assumed,
});

const versioning = `
id: aws-s3-bucket-versioning-enabled
title: S3 buckets keep old versions of their objects
severity: medium
resource: aws_s3_bucket
assert: resource.versioning.status == "Enabled"
message: Bucket {{ resource.bucket }} does not keep old versions
fix: { set: { versioning.status: Enabled } }
`;

describe('places', () => {
  const { at, written } = source(
    'resource "aws_s3_bucket" "apples" {\n  bucket = "apples"\n  versioning {\n    status = "Suspended"\n  }\n}\n',
  );
  const header = at('resource "aws_s3_bucket" "apples" {');

  test('name the value that decides', () => {
    const apples = resource(
      'aws_s3_bucket',
      'apples',
      { bucket: written('apples', '"apples"'), versioning: { status: written('Suspended', '"Suspended"') } },
      { header },
    );
    expect(judge(versioning, graph([apples])).map(show)).toEqual([
      {
        outcome: 'fail',
        message: 'Bucket apples does not keep old versions',
        element: undefined,
        place: ['versioning.status', '"Suspended"'],
        also: [],
        unknowns: [],
        assumed: [],
      },
    ]);
  });

  test('name the header of the innermost block where it is missing', () => {
    const block = {
      ...toValue({}),
      origin: { ...at('versioning {\n    status = "Suspended"\n  }'), step: 'written' },
    } as Value;
    const without = resource('aws_s3_bucket', 'apples', {}, { header });
    const empty = resource('aws_s3_bucket', 'pears', { versioning: block }, { header });
    expect(judge(versioning, graph([without, empty])).map((entry) => show(entry).place)).toEqual([
      ['versioning.status', 'resource "aws_s3_bucket" "apples" {'],
      ['versioning.status', 'versioning {'],
    ]);
  });

  test('say what is not known, and that a default is assumed', () => {
    const undecided = resource(
      'aws_s3_bucket',
      'a',
      { versioning: { status: unknown('keep') }, bucket: unknown('env') },
      { header },
    );
    const range = at('bucket');
    const assumed = { ...toValue('Suspended'), origin: { ...range, step: 'assumed-default' } } as Value;
    const byDefault = resource('aws_s3_bucket', 'b', { versioning: { status: assumed } }, { header });
    expect(judge(versioning, graph([undecided, byDefault])).map(show)).toEqual([
      {
        outcome: 'unknown',
        message: 'Bucket (unknown: var.env) does not keep old versions',
        element: undefined,
        place: ['versioning.status', 'resource "aws_s3_bucket" "apples" {'],
        also: [],
        unknowns: ['versioning.status: variable-without-value var.keep'],
        assumed: [],
      },
      {
        outcome: 'fail',
        message: 'Bucket (not set) does not keep old versions',
        element: undefined,
        place: ['versioning.status', 'resource "aws_s3_bucket" "apples" {'],
        also: [],
        unknowns: [],
        assumed: ['versioning.status'],
      },
    ]);
  });
});

const notPublic = `
id: aws-s3-bucket-not-public
title: S3 buckets are not public
severity: high
resource: aws_s3_bucket
variables:
  block: resource.public_access_block
  account: scope("aws_account").s3_public_access_block
  policyBlocked: variables.block.restrict_public_buckets == true || assume(variables.account.restrict_public_buckets == true, false)
assert: (!resource.policy.statement.exists(s, s.isPublic()) || variables.policyBlocked) && resource.acl != "public-read"
message: Bucket {{ resource.bucket }} is public
fix: { none: a decision }
`;

test('a statement that a function names is the place, and the assumed account is not', () => {
  const { at, written } = source('resource "aws_s3_bucket" "pears" {\n  Statement = { Effect = "Allow" }\n}\n');
  const open = written(
    {
      effect: 'Allow',
      actions: ['s3:GetObject'],
      resources: ['*'],
      principals: [{ type: '*', identifiers: ['*'] }],
    },
    '{ Effect = "Allow" }',
  );
  const pears = resource(
    'aws_s3_bucket',
    'pears',
    { policy: { statement: [open] } },
    { header: at('resource "aws_s3_bucket" "pears" {') },
  );
  const account = resource('aws_account', 'self', {}, { presence: 'scope' });
  const input = graph([pears], {
    resources: new Map([pears, account].map((entry) => [entry.key, entry])),
    scopes: new Map([['aws_account', new Map([[pears.key, account.key]])]]),
  });
  expect(judge(notPublic, input).map(show)).toEqual([
    {
      outcome: 'fail',
      message: 'Bucket (not set) is public',
      element: undefined,
      place: ['policy.statement[0]', '{ Effect = "Allow" }'],
      also: [['public_access_block.restrict_public_buckets', 'resource "aws_s3_bucket" "pears" {']],
      unknowns: [],
      assumed: [],
    },
  ]);
});

const ssh = `
id: aws-ec2-security-group-ssh-not-open
title: Security groups do not open SSH
severity: high
resource: aws_security_group
each: rule in resource.ingress
when: rule.ip_protocol == "-1" || rule.ip_protocol == "tcp" && rule.from_port <= 22 && rule.to_port >= 22
assert: '!isAnyAddress(rule.cidr_ipv4) && !assume(target(rule.prefix_list_id, "aws_ec2_managed_prefix_list").entry.exists(e, isAnyAddress(e.cidr)), false)'
message: Rule {{ rule.cidr_ipv4 }} opens SSH
fix: { none: which addresses may connect is a decision }
`;

describe('each', () => {
  const rule = (cidr: unknown, from = 22) => ({ ip_protocol: 'tcp', from_port: from, to_port: from, cidr_ipv4: cidr });
  const outcomes = (group: Resource) =>
    judge(ssh, graph([group])).map(({ outcome, element }) => [outcome, element?.path]);

  test('judges every element by itself', () => {
    const values = { ingress: [rule('10.0.0.0/8'), rule('0.0.0.0/0'), rule('0.0.0.0/0', 443), rule(unknown('cidr'))] };
    expect(outcomes(resource('aws_security_group', 'web', values))).toEqual([
      ['pass', 'ingress[0]'],
      ['fail', 'ingress[1]'],
      ['skip', 'ingress[2]'],
      ['unknown', 'ingress[3]'],
    ]);
  });

  test('passes without an element', () => {
    expect(outcomes(resource('aws_security_group', 'web', {}))).toEqual([['pass', undefined]]);
  });

  test('adds an unknown outcome for an open list, and cannot fail on an element that only perhaps exists', () => {
    const rules = toValue([rule('0.0.0.0/0')]);
    const perhaps = { ...rules, existence: new Map([[0, 'perhaps']]), rest: { reason: 'data-source' } } as Value;
    expect(outcomes(resource('aws_security_group', 'web', { ingress: perhaps }))).toEqual([
      ['unknown', 'ingress[0]'],
      ['unknown', undefined],
    ]);
  });

  test('follows a reference, and shows both places', () => {
    const { at, written } = source('ingress = pl.all.id\ncidr = "0.0.0.0/0"\nresource {\n');
    const entries = resource('aws_ec2_managed_prefix_list', 'all', {
      entry: [{ cidr: written('0.0.0.0/0', '"0.0.0.0/0"') }],
    });
    const reference = { root: '.', address: entries.address, attribute: 'id' };
    const id = { ...unknown('id', { refersTo: [reference] }), origin: { ...at('pl.all.id'), step: 'written' } };
    const group = resource('aws_security_group', 'web', {
      ingress: [{ ip_protocol: '-1', prefix_list_id: id }],
    });
    expect(judge(ssh, graph([group, entries])).map(show)).toEqual([
      {
        outcome: 'fail',
        message: 'Rule (not set) opens SSH',
        element: 'ingress[0]',
        place: ['ingress[0].prefix_list_id', 'pl.all.id'],
        also: [['entry[0].cidr', '"0.0.0.0/0"']],
        unknowns: [],
        assumed: [],
      },
    ]);
  });

  test('skips on a stand-in what is unknown only because it is elsewhere', () => {
    const standIn = { presence: 'stand-in' } as const;
    const open = resource('aws_security_group', 'sg-1', { ingress: [rule('0.0.0.0/0')] }, standIn);
    const silent = resource('aws_security_group', 'sg-2', {}, standIn);
    const waiting = resource('aws_security_group', 'sg-3', { ingress: [rule(unknown('cidr'))] }, standIn);
    expect([open, silent, waiting].map(outcomes)).toEqual([
      [
        ['fail', 'ingress[0]'],
        ['skip', undefined],
      ],
      [['skip', undefined]],
      [
        ['unknown', 'ingress[0]'],
        ['skip', undefined],
      ],
    ]);
  });
});

test('a failed exists points at the near miss', () => {
  const flags = `
id: google-sql-postgres-log-connections
title: Postgres logs connections
severity: low
resource: google_sql_database_instance
assert: resource.settings.database_flags.exists(f, f.name == "log_connections" && f.value == "on")
message: The flag is off
fix: { set: { "settings.database_flags[name=log_connections].value": "on" } }
`;
  const { written } = source('name = "other"\nname = "log_connections"\nvalue = "off"\n');
  const values = {
    settings: {
      database_flags: [
        { name: written('other', '"other"'), value: 'on' },
        { name: written('log_connections', '"log_connections"'), value: written('off', '"off"') },
      ],
    },
  };
  const [evaluation] = judge(flags, graph([resource('google_sql_database_instance', 'db', values)])).map(show);
  expect(evaluation?.place).toEqual(['settings.database_flags[1].value', '"off"']);
});

test('a message hides what is sensitive, and an error is not an outcome', () => {
  const policy = `
id: aws-db-instance-port
title: The port is not 5432
severity: low
resource: aws_db_instance
assert: resource.port + 1 > 5433
message: The password is {{ resource.password }}
fix: { none: a decision }
`;
  const secret = { ...toValue('plum'), sensitive: true } as Value;
  const [failing, broken] = judge(
    policy,
    graph([resource('aws_db_instance', 'a', { port: 5432, password: secret }), resource('aws_db_instance', 'b', {})]),
  );
  expect([failing?.outcome, failing?.message]).toEqual(['fail', 'The password is (sensitive)']);
  expect([broken?.outcome, broken?.errors.map(({ kind, message }) => `${kind}: ${message}`)]).toEqual([
    'unknown',
    ['policy-error: "+" does not take null_type and int.'],
  ]);
});

test('what only the account decides is skipped nowhere but on stand-ins', () => {
  const value = unknownValue('outside-input');
  const [evaluation] = judge(versioning, graph([resource('aws_s3_bucket', 'a', { versioning: { status: value } })]));
  expect(evaluation?.outcome).toBe('unknown');
});
