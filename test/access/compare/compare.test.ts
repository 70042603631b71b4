import { expect, test } from 'vitest';
import { comparePolicies, compareSides } from '../../../src/access/compare/compare.js';
import { compareResourcePolicies } from '../../../src/access/compare/compare-resource.js';
import { policy, statements, type WrittenStatement } from '../../support/policies.js';
import { partly, unknown } from '../../support/to-value.js';

type Written = WrittenStatement;

const BUCKET = 'arn:aws:s3:::orders';
const CATALOGUE = 'actions of 0.21.202609261';

function read(resource: unknown, condition?: object): Written {
  return { Action: 's3:GetObject', Resource: resource, ...(condition !== undefined && { Condition: condition }) };
}

function deny(statement: Written): Written {
  return { ...statement, Effect: 'Deny' };
}

/** The answer in short: `no`, `yes` with the request, `unknown` with what is not known. */
function answer(before: readonly Written[], after: readonly Written[]): string {
  const compared = comparePolicies([statements(...before)], [statements(...after)]);
  switch (compared.kind) {
    case 'no':
      return ['no', ...compared.assumes.filter((text) => text !== CATALOGUE)].join(' ');
    case 'yes': {
      const { action, resource, context } = compared.witness;
      return [action, resource, ...Object.entries(context).map(([key, values]) => `${key}=${values.join('+')}`)].join(
        ' ',
      );
    }
    case 'unknown':
      return `unknown ${compared.constructs.join(' ')}`;
  }
}

const TEAM = 'aws:PrincipalTag/team';
const variable = (name: string) => `\u0024{${name}}`;

test.each<readonly [string, readonly Written[], readonly Written[], string]>([
  ['the same policy', [read('*')], [read('*')], 'no'],
  ['a statement in two', [read([`${BUCKET}/a`, `${BUCKET}/b`])], [read(`${BUCKET}/a`), read(`${BUCKET}/b`)], 'no'],
  ['a narrower pattern', [read(`${BUCKET}/*`)], [read(`${BUCKET}/rye-*`)], 'no'],
  ['a wider pattern', [read(`${BUCKET}/rye-*`)], [read(`${BUCKET}/*`)], `s3:GetObject ${BUCKET}/x`],
  ['patterns that cover it together', [read(`${BUCKET}/*`), read(`${BUCKET}`)], [read(`${BUCKET}/?*`)], 'no'],
  [
    'an action more',
    [read('*')],
    [{ Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }],
    's3:PutObject arn:aws:s3:eu-west-1:111122223333:accesspoint/x/object/x',
  ],
  [
    'all but a service, as all without it',
    [{ Action: '*', Resource: '*' }, deny({ Action: 'iam:*', Resource: '*' })],
    [{ NotAction: 'iam:*', Resource: '*' }],
    'no',
  ],
  [
    'an action that the catalogue lacks',
    [],
    [{ Action: 's3:ListObjects', Resource: `${BUCKET}` }],
    `s3:listobjects ${BUCKET}`,
  ],
  ['a service that the catalogue lacks', [], [{ Action: 'bakery:*', Resource: '*' }], 'unknown action:bakery:*'],
  ['a Deny that is gone', [read('*'), deny(read(`${BUCKET}/*`))], [read('*')], `s3:GetObject ${BUCKET}/x`],
  [
    'a Deny that is gone, of what is not allowed',
    [read('arn:aws:s3:::rye/*'), deny(read(`${BUCKET}/*`))],
    [read('arn:aws:s3:::rye/*')],
    'no',
  ],
  [
    'a Deny of a value that a variable may have',
    [read('*'), deny(read(`${BUCKET}/${variable('aws:username')}`))],
    [read(`${BUCKET}/ana`)],
    `unknown witness-not-confirmed`,
  ],
  [
    'a variable on both sides',
    [read(`${BUCKET}/${variable('aws:username')}/*`)],
    [read(`${BUCKET}/${variable('aws:username')}/rye`)],
    'no',
  ],
  [
    'everything in place of a variable',
    [read(`${BUCKET}/${variable('aws:username')}`)],
    [read(`${BUCKET}/*`)],
    `s3:GetObject ${BUCKET}/x`,
  ],
  [
    'objects in place of a bucket and its objects',
    [{ Action: 's3:ListBucket', Resource: BUCKET }],
    [{ Action: 's3:ListBucket', Resource: [BUCKET, `${BUCKET}/*`] }],
    'no arn-forms',
  ],
  [
    'a condition that is gone',
    [read('*', { StringEquals: { [TEAM]: 'rye' } })],
    [read('*')],
    's3:GetObject arn:aws:s3:eu-west-1:111122223333:accesspoint/x/object/x aws:principaltag/team=x',
  ],
  [
    'a narrower condition',
    [read('*', { StringLike: { [TEAM]: 'rye*' } })],
    [read('*', { StringLike: { [TEAM]: ['rye-1', 'rye?'] } })],
    'no',
  ],
  [
    'another case',
    [read('*', { StringEquals: { [TEAM]: 'rye' } })],
    [read(`${BUCKET}/a`, { StringEqualsIgnoreCase: { [TEAM]: 'rye' } })],
    `s3:GetObject ${BUCKET}/a aws:principaltag/team=ryE`,
  ],
  [
    'IfExists',
    [read('*', { StringEquals: { [TEAM]: 'rye' } })],
    [read(`${BUCKET}/a`, { StringEqualsIfExists: { [TEAM]: 'rye' } })],
    `s3:GetObject ${BUCKET}/a`,
  ],
  [
    'both halves of a flag, and its absence',
    [
      read('*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      read('*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    ],
    [read(`${BUCKET}/a`)],
    'no',
  ],
  [
    'a narrower range',
    [read('*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    [read('*', { IpAddress: { 'aws:SourceIp': ['10.1.0.0/16', '10.2.3.4'] } })],
    'no',
  ],
  [
    'a wider range',
    [read(`${BUCKET}/a`, { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } })],
    [read(`${BUCKET}/a`, { IpAddress: { 'aws:SourceIp': '10.0.0.0/15' } })],
    `s3:GetObject ${BUCKET}/a aws:sourceip=10.0.0.0`,
  ],
  [
    'numbers',
    [read(`${BUCKET}/a`, { NumericLessThan: { 's3:max-keys': '10' } })],
    [read(`${BUCKET}/a`, { NumericLessThanEquals: { 's3:max-keys': '10' } })],
    `s3:GetObject ${BUCKET}/a s3:max-keys=10`,
  ],
  [
    'dates',
    [read('*', { DateLessThan: { 'aws:CurrentTime': '2027-02-01T00:00:00Z' } })],
    [read('*', { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })],
    'no',
  ],
  [
    'every tag, and some tag',
    [read('*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['rye', 'oat'] } })],
    [read(`${BUCKET}/a`, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['rye'] } })],
    `s3:GetObject ${BUCKET}/a aws:tagkeys=x+rye`,
  ],
  [
    'an operator that IAM does not know',
    [read('*', { StringResembles: { [TEAM]: 'a' } })],
    [read('*', { StringResembles: { [TEAM]: 'b' } })],
    'unknown operator:StringResembles',
  ],
  [
    'the same unknown operator',
    [read('*', { StringResembles: { [TEAM]: 'a' } })],
    [read(`${BUCKET}/a`, { StringResembles: { [TEAM]: 'a' } })],
    'no',
  ],
  [
    'a part that is not known, on both sides',
    [read(partly('arn:aws:s3:::', unknown('bucket'), '/*'))],
    [read(partly('arn:aws:s3:::', unknown('bucket'), '/rye'))],
    'no',
  ],
  [
    'another part that is not known',
    [read(partly('arn:aws:s3:::', unknown('one'), '/*'))],
    [read(partly('arn:aws:s3:::', unknown('two'), '/*'))],
    'unknown var.one (variable-without-value) var.two (variable-without-value)',
  ],
  [
    'a wildcard that may run over colons',
    [{ Action: 'bakery:Bake', Resource: 'a*b' }],
    [{ Action: 'bakery:Bake', Resource: 'a:b' }],
    'unknown wildcard-across-colon',
  ],
])('%s', (_title, before, after, expected) => {
  expect(answer(before, after)).toBe(expected);
});

test('what holds for the forms of ARNs only is not known where they are not taken for all', () => {
  const before = [statements({ Action: 's3:ListBucket', Resource: BUCKET })];
  const after = [statements({ Action: 's3:ListBucket', Resource: [BUCKET, `${BUCKET}/*`] })];
  expect(comparePolicies(before, after, { strict: true })).toEqual({ kind: 'unknown', constructs: ['arn-forms'] });
});

test('a permissions boundary limits what is new, and is new access where it goes', () => {
  const all = statements({ Action: '*', Resource: '*' });
  const boundary = new Map([['boundary', [statements({ Action: 's3:*', Resource: '*' })]]]);
  const none = new Map();
  const some = [statements(read('*'))];
  expect(
    compareSides(
      { grants: some, limits: boundary },
      { grants: [statements({ Action: ['s3:GetObject', 'iam:*'], Resource: '*' })], limits: boundary },
    ).kind,
  ).toBe('no');
  expect(compareSides({ grants: [all], limits: boundary }, { grants: [all], limits: none }).kind).toBe('yes');
  expect(compareSides({ grants: [all], limits: none }, { grants: [all], limits: boundary }).kind).toBe('no');
});

test('a comparison that takes too many steps is not known', () => {
  const before = [statements(read('*', { StringEquals: { [TEAM]: 'rye' } }))];
  expect(comparePolicies(before, [statements({ NotAction: 'iam:*', Resource: '*' })], { maxSteps: 1 })).toEqual({
    kind: 'unknown',
    constructs: ['steps'],
  });
});

test('a resource lets in somebody more', () => {
  const own = (...principals: string[]) => [
    policy(
      {
        Version: '2012-10-17',
        Statement: principals.map((AWS) => ({
          Effect: 'Allow',
          Principal: { AWS },
          Action: 's3:GetObject',
          Resource: `${BUCKET}/*`,
        })),
      },
      'policy of orders',
    ),
  ];
  const ana = 'arn:aws:iam::111122223333:user/ana';
  const bob = 'arn:aws:iam::111122223333:user/bob';
  const {
    outcome,
    witness,
    statements: by,
  } = compareResourcePolicies('orders', { before: own(ana), after: own(ana, bob) }, {});
  expect({ outcome, witness, by: by.map((one) => one.policy) }).toEqual({
    outcome: 'yes',
    witness: { principal: bob, action: 's3:GetObject', resource: `${BUCKET}/x`, context: {} },
    by: ['policy of orders'],
  });
  expect(compareResourcePolicies('orders', { before: own(ana, bob), after: own(bob) }, {}).outcome).toBe('no');
});
