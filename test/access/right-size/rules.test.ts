import { describe, expect, test } from 'vitest';
import type { UnseenReason } from '../../../src/access/usage/usage.js';
import { linesOf, orchardWith, sizingOf, usageOf, use } from '../../support/right-size.js';

const SQS = 'arn:aws:sqs:eu-west-1:123456789012';
const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table';
const INSTANCE = 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a';
const ROLE_TO_PASS = 'arn:aws:iam::123456789012:role/oven';

interface Rule {
  readonly title: string;
  /** `Action`, `Resource`, and what else a statement has. */
  readonly statement: object;
  readonly uses: readonly string[];
  readonly unseen?: Readonly<Record<string, UnseenReason>>;
  readonly narrowsPassRole?: boolean;
  readonly expected: readonly string[];
}

function many<T>(count: number, made: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => made(index));
}

const RULES: readonly Rule[] = [
  {
    title: 'of four indexes each is named',
    statement: { Action: 'dynamodb:Query', Resource: '*' },
    uses: many(4, (index) => `dynamodb:Query ${TABLE}/a/index/${index}`),
    expected: [`+ S: dynamodb:Query on ${many(4, (index) => `${TABLE}/a/index/${index}`).join(', ')}`],
  },
  {
    title: 'of five indexes all of the table',
    statement: { Action: 'dynamodb:Query', Resource: '*' },
    uses: many(5, (index) => `dynamodb:Query ${TABLE}/a/index/${index}`),
    expected: [`+ S: dynamodb:Query on ${TABLE}/a/index/*`],
  },
  {
    title: 'of more than twenty names that begin alike the beginning',
    statement: { Action: 'sqs:SendMessage', Resource: '*' },
    uses: many(21, (index) => `sqs:SendMessage ${SQS}:order-${index}`),
    expected: [`+ S: sqs:SendMessage on ${SQS}:order-*`],
  },
  {
    title: 'from five regions on it is all of them',
    statement: { Action: 'sqs:SendMessage', Resource: '*' },
    uses: many(5, (index) => `sqs:SendMessage arn:aws:sqs:eu-west-${index}:123456789012:a`),
    expected: ['+ S: sqs:SendMessage on arn:aws:sqs:*:123456789012:a'],
  },
  {
    title: 'a pattern that is narrower than all of a container stays',
    statement: { Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/2026/*', 'arn:aws:s3:::b/*'] },
    uses: ['s3:GetObject arn:aws:s3:::a/2026/x'],
    expected: ['+ S: s3:GetObject on arn:aws:s3:::a/2026/*'],
  },
  {
    title: 'a call of which the resource is not seen keeps all resources',
    statement: { Action: ['sqs:SendMessage', 'sqs:PurgeQueue'], Resource: `${SQS}:*` },
    uses: ['sqs:SendMessage', `sqs:SendMessage ${SQS}:a`],
    expected: [`+ S: sqs:SendMessage on ${SQS}:*`],
  },
  {
    title: 'an action that may need several resources keeps all',
    statement: { Action: ['ec2:RunInstances', 'ec2:StopInstances'], Resource: '*' },
    uses: [`ec2:RunInstances ${INSTANCE}`, `ec2:StopInstances ${INSTANCE}`],
    expected: ['+ S: ec2:RunInstances on *', `+ S2: ec2:StopInstances on ${INSTANCE}`],
  },
  {
    title: 'a wildcard stays where all under it was used or is not seen',
    statement: { Action: ['sqs:Send*', 'sqs:Purge*', 'sqs:Get*'], Resource: `${SQS}:a` },
    uses: [`sqs:SendMessage ${SQS}:a`, `sqs:GetQueueUrl ${SQS}:a`],
    expected: [`+ S: sqs:GetQueueUrl, sqs:Send* on ${SQS}:a`],
  },
  {
    title: 'what was used, and perhaps more than was seen, keeps its resources',
    statement: { Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: '*' },
    uses: ['s3:GetObject arn:aws:s3:::a/x', 's3:PutObject arn:aws:s3:::a/x'],
    unseen: { 's3:GetObject': 'data-event-not-recorded' },
    expected: ['+ S: s3:PutObject on arn:aws:s3:::a/*', '? SUnseen: s3:GetObject on *'],
  },
  {
    title: 'of two buckets one is seen: it is narrowed, the other stays',
    statement: { Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] },
    uses: ['s3:PutObject arn:aws:s3:::a/x', 's3:PutObject arn:aws:s3:::b/x'],
    unseen: { 's3:GetObject arn:aws:s3:::b/*': 'data-event-not-recorded' },
    expected: [
      '+ S: s3:PutObject on arn:aws:s3:::a/*, arn:aws:s3:::b/*',
      '? SUnseen: s3:GetObject on arn:aws:s3:::b/*',
    ],
  },
  {
    title: 'of what is seen the calls stay',
    statement: { Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'] },
    uses: ['s3:GetObject arn:aws:s3:::a/x'],
    unseen: { 's3:GetObject arn:aws:s3:::b/*': 'data-event-not-recorded' },
    expected: ['+ S: s3:GetObject on arn:aws:s3:::a/*', '? SUnseen: s3:GetObject on arn:aws:s3:::b/*'],
  },
  {
    title: 'all stays where what is seen was used, and the rest is not seen',
    statement: { Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] },
    uses: ['s3:GetObject arn:aws:s3:::a/x'],
    unseen: { 's3:GetObject arn:aws:s3:::b/*': 'data-event-not-recorded' },
    expected: ['= S: s3:GetObject on arn:aws:s3:::a/*, arn:aws:s3:::b/*'],
  },
  {
    title: 'a variable stays',
    statement: { Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::home/${aws:PrincipalAccount}/*' },
    uses: ['s3:GetObject arn:aws:s3:::home/123456789012/x'],
    expected: ['+ S: s3:GetObject on arn:aws:s3:::home/${aws:PrincipalAccount}/*'],
  },
  {
    title: 'NotAction stays as it is',
    statement: { NotAction: 'iam:*', Resource: '*' },
    uses: [],
    expected: ['= S:  on *'],
  },
  {
    title: 'an action that the catalogue does not know stays',
    statement: { Action: ['s3:ListObjects', 's3:PutObject'], Resource: '*' },
    uses: [],
    expected: ['? SUnseen: s3:ListObjects on *'],
  },
  {
    title: 'roles that were seen to be passed, on request',
    statement: { Action: 'iam:PassRole', Resource: '*' },
    uses: [`iam:PassRole ${ROLE_TO_PASS}`],
    unseen: { 'iam:PassRole': 'never-an-event' },
    narrowsPassRole: true,
    expected: [`+ S: iam:PassRole on ${ROLE_TO_PASS}`],
  },
];

describe('a statement is narrowed', () => {
  for (const { title, statement, uses, unseen, narrowsPassRole = false, expected } of RULES)
    test(title, () => {
      const sources = orchardWith({
        work: { Version: '2012-10-17', Statement: { Sid: 'S', Effect: 'Allow', ...statement } },
      });
      const { policies, refusal } = sizingOf(
        sources,
        usageOf(
          uses.map((one) => use(one)),
          unseen,
        ),
        { narrowsPassRole },
      );
      expect({ refusal, lines: policies.map(linesOf) }).toEqual({ refusal: null, lines: [expected] });
    });
});

test('what was denied is no use, and what is not allowed today is told', () => {
  const sources = orchardWith({
    work: { Version: '2012-10-17', Statement: [{ Sid: 'S', Effect: 'Allow', Action: 'sqs:*', Resource: `${SQS}:a` }] },
  });
  const usage = usageOf([
    use(`sqs:SendMessage ${SQS}:a`),
    use(`sqs:PurgeQueue ${SQS}:a`, { state: 'denied' }),
    use('sns:CreateTopic arn:aws:sns:eu-west-1:123456789012:b'),
  ]);
  const { policies, denied, deniedToday } = sizingOf(sources, usage);
  expect(policies.map(linesOf)).toEqual([[`+ S: sqs:SendMessage on ${SQS}:a`]]);
  const last = '2026-11-20T08:00:00Z';
  expect(denied).toEqual([{ action: 'sqs:PurgeQueue', resource: `${SQS}:a`, count: 2, last }]);
  expect(deniedToday).toEqual([]);
});

test('the first statement that allows a call keeps it, a second one does not', () => {
  const allow = (Sid: string) => ({ Sid, Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `${SQS}:a` });
  const sources = orchardWith({
    one: { Version: '2012-10-17', Statement: [allow('A'), allow('B')] },
    two: { Version: '2012-10-17', Statement: [allow('C')] },
  });
  const { policies } = sizingOf(sources, usageOf([use(`sqs:SendMessage ${SQS}:a`)]));
  expect(policies.map((policy) => [policy.outcome, ...linesOf(policy)])).toEqual([
    ['narrowed', `= A: sqs:SendMessage on ${SQS}:a`, '- B (1)'],
    ['removed', '- C (1)'],
  ]);
});

test('for want of room leaves are named by what they are in, then it stays as it was', () => {
  const names = (count: number) => many(count, (index) => `q${index}${'x'.repeat(60)}`);
  const usesOf = (count: number) =>
    names(count).flatMap((name) => many(4, (index) => use(`dynamodb:Query ${TABLE}/${name}/index/i${index}`)));
  const sources = orchardWith({
    work: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'S', Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:Scan'], Resource: '*' }],
    },
  });
  const [wide] = sizingOf(sources, usageOf(usesOf(30))).policies;
  expect(linesOf(wide as never)).toEqual([
    `+ S: dynamodb:Query on ${names(30)
      .map((name) => `${TABLE}/${name}/index/*`)
      .sort()
      .join(', ')}`,
  ]);
  const [kept] = sizingOf(sources, usageOf(usesOf(120))).policies;
  expect([kept?.outcome, kept?.statements[0]?.reason]).toEqual([
    'unchanged',
    'the narrowed policy would have 14516 characters, and there is room for 10240: some of its statements are to be left to other roles',
  ]);
});

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function';
const GROUP = 'arn:aws:logs:eu-west-1:123456789012:log-group';

describe('what an event may be about and does not show stays allowed', () => {
  const STATEMENTS: readonly (readonly [string, string, object, readonly string[]])[] = [
    [
      'an index, within all tables',
      `dynamodb:Query ${TABLE}/a`,
      { Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: '*' },
      [`+ S: dynamodb:Query on ${TABLE}/a, ${TABLE}/a/index/*`],
    ],
    [
      'an index, where only the table was allowed',
      `dynamodb:Query ${TABLE}/a`,
      { Action: 'dynamodb:*', Resource: `${TABLE}/a` },
      [`+ S: dynamodb:Query on ${TABLE}/a`],
    ],
    [
      'an index by its own name',
      `dynamodb:Query ${TABLE}/a`,
      { Action: 'dynamodb:*', Resource: [`${TABLE}/a/index/dawn`, `${TABLE}/b/index/dusk`] },
      [`+ S: dynamodb:Query on ${TABLE}/a/index/dawn`],
    ],
    [
      'a version or an alias, of all functions',
      `lambda:InvokeFunction ${FUNCTION}:bill`,
      { Action: ['lambda:InvokeFunction', 'lambda:GetFunction'], Resource: '*' },
      [`+ S: lambda:InvokeFunction on ${FUNCTION}:bill, ${FUNCTION}:bill:*`],
    ],
    [
      'an alias by its own name',
      `lambda:InvokeFunction ${FUNCTION}:bill`,
      { Action: 'lambda:InvokeFunction', Resource: [`${FUNCTION}:bill:live`, `${FUNCTION}:bake:live`] },
      [`+ S: lambda:InvokeFunction on ${FUNCTION}:bill:live`],
    ],
    [
      'no alias, where only the function was allowed',
      `lambda:InvokeFunction ${FUNCTION}:bill`,
      { Action: 'lambda:*', Resource: `${FUNCTION}:bill` },
      [`+ S: lambda:InvokeFunction on ${FUNCTION}:bill`],
    ],
    [
      'no alias, where the event has it',
      `lambda:InvokeFunction ${FUNCTION}:bill:live`,
      { Action: 'lambda:*', Resource: '*' },
      [`+ S: lambda:InvokeFunction on ${FUNCTION}:bill:live`],
    ],
    [
      'the end of the ARN of a group of logs',
      `logs:PutRetentionPolicy ${GROUP}:/ovens/a`,
      { Action: ['logs:PutRetentionPolicy', 'logs:DeleteLogGroup'], Resource: '*' },
      [`+ S: logs:PutRetentionPolicy on ${GROUP}:/ovens/a, ${GROUP}:/ovens/a:*`],
    ],
    [
      'the end of the ARN, as policies have it',
      `logs:PutRetentionPolicy ${GROUP}:/ovens/a`,
      { Action: ['logs:PutRetentionPolicy', 'logs:DeleteLogGroup'], Resource: `${GROUP}:/ovens/a:*` },
      [`+ S: logs:PutRetentionPolicy on ${GROUP}:/ovens/a:*`],
    ],
    [
      'no end of the ARN for tags',
      `logs:TagResource ${GROUP}:/ovens/a`,
      { Action: 'logs:*', Resource: '*' },
      [`+ S: logs:TagResource on ${GROUP}:/ovens/a`],
    ],
  ];
  for (const [title, called, statement, expected] of STATEMENTS)
    test(title, () => {
      const sources = orchardWith({
        work: { Version: '2012-10-17', Statement: { Sid: 'S', Effect: 'Allow', ...statement } },
      });
      const { policies, calls, proof, deniedToday, refusal } = sizingOf(sources, usageOf([use(called)]));
      expect({ lines: policies.map(linesOf), refusal, deniedToday, calls, isProven: proof !== null }).toEqual({
        lines: [expected],
        refusal: null,
        deniedToday: [],
        calls: 1,
        isProven: true,
      });
    });
});
