import { expect, test } from 'vitest';
import { linesOf, orchardWith, ROLE, sizingOf, usageOf, use } from '../../support/right-size.js';

const SQS = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:bill';

const POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Data', Effect: 'Allow', Action: ['s3:*', 'dynamodb:*'], Resource: '*' },
    { Sid: 'Run', Effect: 'Allow', Action: ['lambda:InvokeFunction', 'iam:PassRole'], Resource: '*' },
    {
      Effect: 'Allow',
      Sid: 'Queue',
      Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      Resource: SQS,
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
    { Sid: 'OldReports', Effect: 'Allow', Action: 'athena:*', Resource: '*' },
    { Sid: 'NoAudit', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::audit/*' },
  ],
};

const USES = [
  use('s3:GetObject arn:aws:s3:::orders-in/a.csv'),
  use('s3:GetObject arn:aws:s3:::orders-in/b.csv'),
  use('s3:ListBucket arn:aws:s3:::orders-in'),
  use('s3:PutObject arn:aws:s3:::orders-out/a.csv'),
  use(`dynamodb:GetItem ${TABLE}`),
  use(`dynamodb:PutItem ${TABLE}`),
  use(`dynamodb:Query ${TABLE}`),
  use(`dynamodb:Query ${TABLE}/index/by-day`),
  use(`lambda:InvokeFunction ${FUNCTION}`),
  use(`sqs:SendMessage ${SQS}`),
  use(`sqs:ReceiveMessage ${SQS}`),
  use(`sqs:DeleteMessage ${SQS}`),
];

test('a role keeps what it used and what no event would show', () => {
  const sizing = sizingOf(orchardWith({ work: POLICY }), usageOf(USES, { 'iam:PassRole': 'never-an-event' }));
  expect(sizing.policies.map(linesOf)).toEqual([
    [
      `+ Data: dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on ${TABLE}, ${TABLE}/index/*`,
      '+ Data2: s3:GetObject, s3:ListBucket on arn:aws:s3:::orders-in, arn:aws:s3:::orders-in/*',
      '+ Data3: s3:PutObject on arn:aws:s3:::orders-out/*',
      `+ Run: lambda:InvokeFunction on ${FUNCTION}, ${FUNCTION}:*`,
      '? RunUnseen: iam:PassRole on *',
      `= Queue: sqs:SendMessage, sqs:ReceiveMessage, sqs:DeleteMessage on ${SQS} if Bool aws:SecureTransport true`,
      '- OldReports (81)',
      '= NoAudit: s3:* on arn:aws:s3:::audit/*',
    ],
  ]);
  const { policies, ...rest } = sizing;
  expect(rest).toEqual({
    principal: ROLE,
    arn: ROLE,
    elsewhere: [],
    unseen: [{ reason: 'never-an-event', detail: 'No event shows iam:PassRole.', actions: ['iam:PassRole'] }],
    window: { from: '2026-08-30T00:00:00Z', to: '2026-11-28T00:00:00Z' },
    calls: 12,
    denied: [],
    deniedToday: [],
    // Of none of the resources the snapshot has the policy.
    proof: { granted: 12, allowed: 0, depending: 12, assumes: ['actions of 0.21.202609261'] },
    refusal: null,
  });
  const [policy] = policies;
  expect(policy?.size).toEqual({ before: 579, after: [1060], limit: 10_240 });
  // What stays has the order of its fields, and what is new that of the statement in whose place it is.
  const { Statement } = JSON.parse(policy?.documents[0] ?? '');
  expect(JSON.stringify(Statement[5])).toBe(JSON.stringify(POLICY.Statement[2]));
  expect(JSON.stringify(Statement[4])).toBe(
    '{"Sid":"RunUnseen","Effect":"Allow","Action":"iam:PassRole","Resource":"*"}',
  );
});
