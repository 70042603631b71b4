import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import type { Usage } from '../../../src/access/usage/usage.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { linesOf, usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const BAKER = `arn:aws:iam::${ACCOUNT}:role/baker`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`;
const USAGE = usageOf([use(`sqs:TagQueue ${QUEUE}`, { principal: BAKER })]);

const code = (rest: string) => `provider "aws" {
  region = "eu-west-1"
}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "bake" {
  name   = "bake"
  role   = aws_iam_role.baker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Queue", Effect = "Allow", Action = ["sqs:TagQueue", "sqs:PurgeQueue"], Resource = "*" }]
  })
}
${rest}`;
const inline = (text: string) => `resource "aws_iam_role_policy" "more" {
  name   = "more"
  role   = aws_iam_role.baker.id
  policy = ${text}
}
`;

function sizeOf(rest: string, { principal = 'aws_iam_role.baker', usage = USAGE as Usage, account = ACCOUNT } = {}) {
  const asked = { principal, account, narrowsPassRole: false };
  const sized = rightSize(asked, usage, sourcesOfCode({ 'main.tf': code(rest) }), comparePolicies);
  if ('problem' in sized) return sized.problem;
  const { policies, refusal, proof } = sized.sizing;
  return {
    isProven: refusal === null && proof !== null,
    policies: policies.map(({ outcome, reason, ...policy }) => [outcome, reason, ...linesOf(policy as never)]),
  };
}

const NARROWED = ['narrowed', null, `+ Queue: sqs:TagQueue on ${QUEUE}`];
const UNKNOWN = ['unchanged', 'what it says, or whether it is attached, is not all known'];

test('a policy that is not in the input stays, and the others are narrowed', () => {
  const attached = `resource "aws_iam_role_policy_attachment" "other" {
  role       = aws_iam_role.baker.name
  policy_arn = "arn:aws:iam::${ACCOUNT}:policy/other"
}
`;
  expect(sizeOf(attached)).toEqual({ isProven: true, policies: [NARROWED, UNKNOWN] });
});

test('what is no JSON stays, and so does what a variable without a value says', () => {
  expect([inline('"{not json"'), inline('var.policy')].map((rest) => sizeOf(rest))).toEqual([
    { isProven: true, policies: [NARROWED, UNKNOWN] },
    { isProven: true, policies: [NARROWED, UNKNOWN] },
  ]);
});

test('of an operator that there is not a statement that nothing needs goes, and actions that there are not stay', () => {
  const statements = `jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Sid = "Odd", Effect = "Allow", Action = ["sqs:TagQueue", "sqs:PurgeQueue"], Resource = "*", Condition = { StringSame = { "aws:RequestedRegion" = "x" } } },
      { Sid = "None", Effect = "Allow", Action = "sqz:Tag*", Resource = "*" },
    ]
  })`;
  const sized = sizeOf(inline(statements));
  expect(sized).toEqual({
    isProven: true,
    policies: [NARROWED, ['narrowed', null, '- Odd (2)', '= None: sqz:Tag* on *']],
  });
});

test('a principal that the usage does not name, or names twice, is asked for by its ARN', () => {
  const nameless = code('').replace('name               = "baker"', 'name_prefix = "ba"');
  const usage = usageOf([
    use(`sqs:TagQueue ${QUEUE}`, { principal: BAKER }),
    use(`sqs:TagQueue ${QUEUE}`, { principal: `${BAKER}-2` }),
  ]);
  const asked = { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false };
  expect(rightSize(asked, usage, sourcesOfCode({ 'main.tf': nameless }), comparePolicies)).toEqual({
    problem:
      'Which principal of the usage "aws_iam_role.baker" is, is not known: name it by its ARN, or state its account with --account.',
  });
});

test('who is no user or role, or not in the input, has no policies to narrow', () => {
  expect(
    ['lambda.amazonaws.com', `arn:aws:iam::${ACCOUNT}:root`].map((principal) => sizeOf('', { principal })),
  ).toEqual([
    '"lambda.amazonaws.com" is not in the input: its policies are not known.',
    `"arn:aws:iam::${ACCOUNT}:root" is not in the input: its policies are not known.`,
  ]);
});

test('what logs do not cover stays', () => {
  const usage: Usage = {
    ...USAGE,
    visibility: () => ({ kind: 'unseen', reason: 'outside-window', detail: 'The logs begin after it was made.' }),
  };
  expect(sizeOf('', { usage })).toEqual({
    isProven: true,
    policies: [['unchanged', null, '= Queue: sqs:TagQueue, sqs:PurgeQueue on *']],
  });
});

test('a managed policy that is too large for one becomes two, which are not edited but given', () => {
  const names = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('').map((letter) => `${letter}${'-oven'.repeat(14)}`);
  const queues = names.map((name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`);
  const topics = names.map((name) => `arn:aws:sns:eu-west-1:${ACCOUNT}:${name}`);
  const managed = `resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Sid = "Queues", Effect = "Allow", Action = "sqs:*", Resource = "*" },
      { Sid = "Topics", Effect = "Allow", Action = "sns:*", Resource = "*" },
    ]
  })
}
resource "aws_iam_role_policy_attachment" "work" {
  role       = aws_iam_role.baker.name
  policy_arn = aws_iam_policy.work.arn
}
`;
  const calls = [...queues.map((arn) => `sqs:PurgeQueue ${arn}`), ...topics.map((arn) => `sns:TagResource ${arn}`)];
  const usage = usageOf(calls.map((one) => use(one, { principal: BAKER })));
  const asked = { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false };
  const first = code(managed).replace('Action = ["sqs:TagQueue", "sqs:PurgeQueue"]', 'Action = "kms:ListAliases"');
  const sized = rightSize(asked, usage, sourcesOfCode({ 'main.tf': first }), comparePolicies);
  const work =
    'problem' in sized ? undefined : sized.sizing.policies.find(({ name }) => name === 'aws_iam_policy.work');
  const documents = (work?.documents ?? []).map((text) => JSON.parse(text));
  expect(documents).toEqual([
    {
      Version: '2012-10-17',
      Statement: [{ Action: 'sqs:PurgeQueue', Effect: 'Allow', Resource: [...queues].sort(), Sid: 'Queues' }],
    },
    {
      Version: '2012-10-17',
      Statement: [{ Action: 'sns:TagResource', Effect: 'Allow', Resource: [...topics].sort(), Sid: 'Topics' }],
    },
  ]);
  expect(work?.size.after.every((size) => size > 3_000 && size <= 6_144)).toBe(true);
  expect(work?.terraform.map((text) => /resource "aws_iam_policy" "(\w+)"/.exec(text)?.[1])).toEqual([
    'baker_work',
    'baker_work_2',
  ]);
});
