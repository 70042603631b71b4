import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import { iamActions } from '../../../src/schemas/iam-actions.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { linesOf, orchardWith, sizingOf, usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const ADMIN = `resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "All", Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "all" {
  role       = aws_iam_role.baker.name
  policy_arn = aws_iam_policy.all.arn
}
`;

/** Every second action, so that no verb is used whole. */
function someActions(service: string): string[] {
  const names = [...(iamActions().actionsOf(service)?.values() ?? [])].map(({ name }) => name).sort();
  return names.filter((_, index) => index % 2 === 0);
}

test('an administrator that uses much gets several policies, with all that it used', () => {
  const actions = ['ec2', 'iam', 'glue', 'ssm', 'sagemaker', 'rds'].flatMap(someActions);
  const uses = actions.map((action) => use(action, { principal: `arn:aws:iam::${ACCOUNT}:role/baker` }));
  const question = { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false };
  const sized = rightSize(question, usageOf(uses), sourcesOfCode({ 'main.tf': ADMIN }), comparePolicies);
  const policy = 'problem' in sized ? undefined : sized.sizing.policies[0];
  const documents = (policy?.documents ?? []).map((text) => JSON.parse(text));
  const statements = documents.flatMap(({ Statement }) => Statement);
  expect(new Set(statements.flatMap(({ Action }) => Action))).toEqual(new Set(actions));
  expect(statements.map(({ Sid }) => Sid)).toEqual(
    statements.map((_, index) => (index === 0 ? 'All' : `All${index + 1}`)),
  );
  expect(policy?.outcome).toBe('narrowed');
  expect(documents.length).toBeGreaterThan(2);
  expect(documents.length).toBeLessThanOrEqual(10);
  expect(policy?.size.after.every((size) => size <= 6_144)).toBe(true);
  expect('problem' in sized ? undefined : sized.sizing.proof?.granted).toBe(actions.length);
});

test('what has no room leaves the other inline policies to be narrowed', () => {
  const sources = orchardWith({
    all: { Version: '2012-10-17', Statement: [{ Sid: 'All', Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] },
    few: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Few', Effect: 'Allow', Action: ['sqs:ListQueues', 'sqs:PurgeQueue'], Resource: '*' }],
    },
  });
  const uses = [...someActions('ec2').map((action) => use(action)), use('sqs:ListQueues *')];
  const { policies } = sizingOf(sources, usageOf(uses));
  expect(policies.map((policy) => [policy.outcome, ...linesOf(policy)])).toEqual([
    ['unchanged', '= All: ec2:* on *'],
    ['narrowed', '+ Few: sqs:ListQueues on *'],
  ]);
  expect(policies[0]?.statements[0]?.reason).toMatch(
    /^the narrowed policy would have \d+ characters, and there is room for 10240: some of its statements/,
  );
});

test('a service of which all stays is named as a whole, for want of room', () => {
  const every = (service: string) => [...(iamActions().actionsOf(service)?.values() ?? [])].map(({ name }) => name);
  const uses = [...every('sqs'), ...every('sns'), ...someActions('ec2').slice(0, 285)].map((action) => use(action));
  const sources = orchardWith({
    all: { Version: '2012-10-17', Statement: [{ Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' }] },
  });
  const { policies } = sizingOf(sources, usageOf(uses));
  const actions = policies[0]?.statements.flatMap(({ after }) => after.flatMap((one) => one.actions)) ?? [];
  expect([policies[0]?.outcome, actions.filter((action) => !action.startsWith('ec2:'))]).toEqual([
    'narrowed',
    ['sns:*', 'sqs:*'],
  ]);
});
