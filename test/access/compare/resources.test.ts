import { expect, test } from 'vitest';
import { compareGraphs } from '../../../src/access/compare/compare-graphs.js';
import { compareResourcePolicies } from '../../../src/access/compare/compare-resource.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { policy } from '../../support/policies.js';

interface Written {
  readonly Principal: unknown;
  readonly Condition?: object;
  readonly Effect?: 'Allow' | 'Deny';
}

const BUCKET = 'arn:aws:s3:::orders';

function own(...statements: readonly Written[]) {
  const Statement = statements.map((one) => ({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `${BUCKET}/*`,
    ...one,
  }));
  return [policy({ Version: '2012-10-17', Statement }, 'policy of orders')];
}

/** The answer in short: `no` with what it assumes, `yes` with who and its keys, `unknown` with what is not known. */
function answer(before: readonly Written[], after: readonly Written[], account?: string): string {
  const { outcome, witness, assumed, dependsOn } = compareResourcePolicies(
    'orders',
    { before: own(...before), after: own(...after), account },
    {},
  );
  const keys = Object.entries(witness?.context ?? {}).map(([key, values]) => `${key}=${values.join('+')}`);
  const others = assumed.filter((text) => !text.startsWith('actions of'));
  return [outcome, witness?.principal ?? '', ...keys, ...(outcome === 'yes' ? [] : others), ...dependsOn]
    .filter((text) => text !== '')
    .join(' | ');
}

const user = (name: string) => ({ AWS: `arn:aws:iam::111122223333:user/${name}` });
const role = (name: string) => ({ AWS: `arn:aws:iam::111122223333:role/${name}` });
const ACCOUNT = { AWS: '111122223333' };
const principalArn = (arn: string) => ({ ArnLike: { 'aws:PrincipalArn': arn } });
const OTHER_ACCOUNTS =
  'who is newly named itself, and not only by its account, is of another account than the resource: in its own it would need no policy of its own any more';

test.each<readonly [string, readonly Written[], readonly Written[], string]>([
  [
    'somebody more',
    [{ Principal: user('ana') }],
    [{ Principal: { AWS: [user('ana').AWS, user('bob').AWS] } }],
    `yes | ${user('bob').AWS}`,
  ],
  [
    'whoever has signed, and whoever there is',
    [{ Principal: '*', Condition: principalArn('arn:*:iam::*:*') }],
    [{ Principal: '*' }],
    'yes | anonymous',
  ],
  [
    'a condition that names a user, and the user',
    [{ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalArn': user('ana').AWS } } }],
    [{ Principal: user('ana') }],
    'no',
  ],
  [
    'a user, and a condition that names it',
    [{ Principal: user('ana') }],
    [{ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalArn': user('ana').AWS } } }],
    'no',
  ],
  [
    'a role, and a condition that names others of its account',
    [{ Principal: role('baker') }],
    [
      { Principal: role('baker') },
      { Principal: '*', Condition: principalArn('arn:aws:iam::111122223333:role/oven-*') },
    ],
    'yes | somebody else of account 111122223333 | aws:principalarn=arn:aws:iam::111122223333:role/oven-x',
  ],
  [
    'an account, and everybody of it',
    [{ Principal: ACCOUNT }],
    [{ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }],
    `no | ${OTHER_ACCOUNTS}`,
  ],
  [
    'the name of a user as part of a resource',
    [{ Principal: user('ana'), Condition: { StringEquals: { 's3:prefix': 'ana' } } }],
    [{ Principal: user('ana'), Condition: { StringEquals: { 's3:prefix': '\u0024{aws:username}' } } }],
    'no',
  ],
  [
    'a service for an account, by either of two keys',
    [
      {
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ],
    [
      {
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } },
      },
    ],
    'yes | sns.amazonaws.com | aws:sourcearn=arn:aws:sns:eu-west-1:111122223333:x',
  ],
  [
    'a service for an account, and for anybody',
    [
      {
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ],
    [{ Principal: { Service: 'sns.amazonaws.com' } }],
    'yes | sns.amazonaws.com | aws:sourceaccount=x',
  ],
  ['a deleted principal', [], [{ Principal: { AWS: 'AIDAEXAMPLEEXAMPLE' } }], 'unknown | principal:AIDAEXAMPLEEXAMPLE'],
])('%s', (_title, before, after, expected) => {
  expect(answer(before, after)).toBe(expected);
});

test('who is named itself needs no policy of its own in the account of the resource', () => {
  const before = [{ Principal: ACCOUNT }];
  const after = [{ Principal: role('baker') }];
  expect(answer(before, after)).toBe(`no | ${OTHER_ACCOUNTS}`);
  expect(answer(before, after, '444455556666')).toBe('no');
  expect(answer(before, after, '111122223333')).toBe(`yes | ${role('baker').AWS}`);
  expect(
    answer(after, [{ Principal: { AWS: `arn:aws:sts::111122223333:assumed-role/baker/ana` } }], '111122223333'),
  ).toBe('yes | arn:aws:sts::111122223333:assumed-role/baker/ana');
  expect(answer(after, after, '111122223333')).toBe('no');
});

test('a principal that is not known is named', () => {
  const queue = (principals: string) =>
    sourcesOfCode({
      'main.tf': `
variable "team" {}
variable "all" {}
resource "aws_iam_role" "baker" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_sqs_queue" "loaves" {
  name   = "loaves"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { AWS = ${principals} }, Action = "sqs:SendMessage", Resource = "*" },
  ] })
}`,
    });
  const onWhat = (before: string, after: string) =>
    compareGraphs(queue(before), queue(after)).flatMap(({ subject, outcome, dependsOn }) =>
      subject === 'aws_sqs_queue.loaves' ? [outcome, ...dependsOn] : [],
    );
  const none = '["arn:aws:iam::111122223333:role/miller"]';
  expect(onWhat(none, '[aws_iam_role.baker.arn]')).toEqual([
    'unknown',
    'aws_iam_role.baker.name (computed-by-provider)',
    'principal aws_iam_role.baker.arn',
    'provider.aws account (provider-configuration)',
    'provider.aws partition (provider-configuration)',
  ]);
  const partly = '["arn:aws:iam::111122223333:role/$' + '{var.team}"]';
  expect(onWhat(none, partly)).toEqual([
    'unknown',
    `principal arn:aws:iam::111122223333:role/${'$'}{var.team}`,
    'var.team (variable-without-value)',
  ]);
  expect(onWhat(none, 'concat(["arn:aws:iam::111122223333:role/miller"], var.all)')).toEqual([
    'unknown',
    'principal var.all (variable-without-value)',
    'var.all (variable-without-value)',
  ]);
  expect(onWhat(partly, partly)).toEqual(['no']);
});
