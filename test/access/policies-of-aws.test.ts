import { describe, expect, test } from 'vitest';
import { compareGraphs } from '../../src/access/compare/compare-graphs.js';
import { answerQuestion } from '../../src/access/question.js';
import { sourcesOfCode } from '../support/access-graph.js';

const TRUST = 'jsonencode({ Version = "2012-10-17", Statement = [] })';

function may(action: string, resource: string, attached: string, more = '') {
  const sources = sourcesOfCode({
    'main.tf': `${more}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy_attachment" "baker" {
  role       = aws_iam_role.baker.name
  policy_arn = ${attached}
}
`,
  });
  const answer = answerQuestion(
    { principal: 'aws_iam_role.baker', action, resource, context: new Map(), account: '111122223333' },
    sources,
  );
  if ('problem' in answer) throw new Error(answer.problem);
  const { outcome, dependsOn, assumed, statements } = answer;
  return {
    outcome,
    dependsOn,
    assumed: assumed.filter((text) => text.includes('policy/') || text.includes('partition')),
    statements: statements.map(({ policy, sid, location }) => ({
      policy,
      sid,
      line: location === null ? null : location.file.text.slice(location.start, location.end),
    })),
  };
}

const QUEUES = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
const AS_OF = `${QUEUES} is what it was on 2026-08-26: v4 of 2024-05-24`;
const LIST = ['sqs:ListQueues', '*'] as const;
const CREATE = ['iam:CreateUser', 'arn:aws:iam::111122223333:user/ana'] as const;
const USUAL = 'provider "aws" { region = "eu-west-1" }\n';

describe('a policy of AWS in code', () => {
  test('is what it was on a day, which is said where it allows, at its attachment', () => {
    expect(may('sqs:ListQueues', 'arn:aws:sqs:eu-west-1:111122223333:orders', `"${QUEUES}"`, USUAL)).toMatchObject({
      assumed: [AS_OF],
      statements: expect.arrayContaining([{ policy: QUEUES, sid: expect.anything(), line: `"${QUEUES}"` }]),
    });
  });

  test('is said to be what it was where nothing of it allows', () => {
    expect(may(...CREATE, `"${QUEUES}"`, USUAL)).toEqual({
      outcome: 'implicit-deny',
      dependsOn: [],
      assumed: [AS_OF],
      statements: [],
    });
  });

  test('is not known in another partition, or where the data has none of its name', () => {
    for (const arn of [QUEUES.replace('arn:aws:', 'arn:aws-cn:'), `${QUEUES}V9`])
      expect(may(...LIST, `"${arn}"`)).toMatchObject({
        outcome: 'depends',
        dependsOn: [`${arn} (outside-input)`],
        assumed: [],
      });
  });

  test('of a partition that nothing states is that of the usual one, which is said', () => {
    const arn = `"arn:\${data.aws_partition.here.partition}${QUEUES.slice('arn:aws'.length)}"`;
    const here = 'data "aws_partition" "here" {}';
    expect(
      may(
        'sns:CreateTopic',
        'aws_sns_topic.orders',
        arn,
        `${here}\nresource "aws_sns_topic" "orders" { name = "orders" }`,
      ),
    ).toMatchObject({
      outcome: 'implicit-deny',
      assumed: [AS_OF, 'provider.aws partition is aws'],
    });
    const china = 'provider "aws" { region = "cn-north-1" }';
    expect(may(...LIST, arn, `${china}\n${here}`)).toMatchObject({ outcome: 'depends', assumed: [] });
  });

  test('of a partition that a variable gives is not known', () => {
    const arn = `"arn:\${var.partition}${QUEUES.slice('arn:aws'.length)}"`;
    expect(may(...LIST, arn, 'variable "partition" { type = string }')).toMatchObject({
      outcome: 'depends',
      dependsOn: ['var.partition (variable-without-value)'],
      assumed: [],
    });
  });

  test('that a data source looks up by its name or ARN is the same', () => {
    for (const by of ['name = "AmazonSQSReadOnlyAccess"', `arn = "${QUEUES}"`]) {
      const source = `${USUAL}data "aws_iam_policy" "queues" { ${by} }`;
      expect(may(...CREATE, 'data.aws_iam_policy.queues.arn', source)).toMatchObject({
        outcome: 'implicit-deny',
        assumed: [AS_OF],
      });
    }
    const own = `${USUAL}data "aws_iam_policy" "queues" { name = "OrchardAccess" }`;
    expect(may(...LIST, 'data.aws_iam_policy.queues.arn', own)).toMatchObject({ outcome: 'depends', assumed: [] });
  });

  test('AdministratorAccess is the same at all times and in every partition', () => {
    for (const partition of ['aws', 'aws-cn'])
      expect(may(...CREATE, `"arn:${partition}:iam::aws:policy/AdministratorAccess"`, USUAL)).toMatchObject({
        outcome: 'allowed',
        assumed: [],
      });
  });
});

test('comparisons say what they take for granted of it', () => {
  const code = (attached: string) =>
    sourcesOfCode({
      'main.tf': `${USUAL}
resource "aws_iam_user" "ana" { name = "ana" }
resource "aws_iam_user_policy_attachment" "ana" {
  user       = aws_iam_user.ana.name
  policy_arn = "${attached}"
}
`,
    });
  const full = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';
  const compared = (before: string, after: string) =>
    compareGraphs(code(before), code(after)).map(({ outcome, assumed }) => ({ outcome, assumed: assumed.slice(-2) }));
  const assumed = [expect.stringMatching(`^${full} is what it was on 2026-08-26: v\\d+ of `), AS_OF];
  expect(compared(QUEUES, full)).toEqual([{ outcome: 'yes', assumed }]);
  expect(compared(full, QUEUES)).toEqual([{ outcome: 'no', assumed }]);
  expect(compared(full, full)).toEqual([{ outcome: 'no', assumed: [] }]);
});
