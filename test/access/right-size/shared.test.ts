import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import type { Use } from '../../../src/access/usage/usage.js';
import { editRightSized } from '../../../src/edit-right-sized.js';
import { invariant } from '../../../src/source/invariant.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { linesOf, usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`;
const by = (name: string, written: string): Use => use(written, { principal: `arn:aws:iam::${ACCOUNT}:${name}` });

const ROLE = `resource "aws_iam_role" "NAME" {
  name               = "NAME"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
`;
const ATTACHMENT = `resource "aws_iam_role_policy_attachment" "NAME" {
  role       = aws_iam_role.NAME.name
  policy_arn = aws_iam_policy.work.arn
}
`;
const role = (name: string) => (ROLE + ATTACHMENT).replaceAll('NAME', name);
const WORK = `data "aws_iam_policy_document" "work" {
  statement {
    sid       = "Queue"
    actions   = ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:DeleteQueue"]
    resources = ["${QUEUE}"]
  }
}
resource "aws_iam_policy" "work" {
  name   = "work"
  policy = data.aws_iam_policy_document.work.json
}
`;
const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';

const USES = [
  by('role/baker', `sqs:SetQueueAttributes ${QUEUE}`),
  by('role/miller', `sqs:TagQueue ${QUEUE}`),
  by('user/ana', `sqs:TagQueue ${QUEUE}`),
];

function sizeOf(code: string, principal = 'aws_iam_role.baker', usage = usageOf(USES)) {
  const files = { 'main.tf': PROVIDER + code };
  const question = { principal, account: ACCOUNT, narrowsPassRole: false };
  const sized = rightSize(question, usage, sourcesOfCode(files), comparePolicies);
  invariant('sizing' in sized, 'a sizing');
  const { policies, refusal, proof } = sized.sizing;
  const { patch, problems } = editRightSized(sized, (texts) =>
    sourcesOfCode({ 'main.tf': texts.get('main.tf') ?? files['main.tf'] }),
  );
  const changed = patch?.split('\n').filter((line) => /^[-+] /.test(line)) ?? null;
  return {
    policies: policies.map(({ kind, outcome, reason, sharedWith, ...policy }) => ({
      kind,
      outcome,
      reason,
      sharedWith,
      lines: linesOf(policy as never),
    })),
    isProven: refusal === null && proof !== null,
    changed,
    problems,
  };
}

const BOTH = '    actions   = ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:DeleteQueue"]';

test('a policy that two roles have keeps what either did', () => {
  expect(sizeOf(WORK + role('baker') + role('miller'))).toEqual({
    policies: [
      {
        kind: 'managed',
        outcome: 'narrowed',
        reason: null,
        sharedWith: ['aws_iam_role.miller'],
        lines: [`+ Queue: sqs:SetQueueAttributes, sqs:TagQueue on ${QUEUE}`],
      },
    ],
    isProven: true,
    changed: [`-${BOTH}`, '+    actions   = ["sqs:SetQueueAttributes", "sqs:TagQueue"]'],
    problems: [],
  });
});

test('what cannot be seen of another that has the policy stays', () => {
  const usage = {
    ...usageOf(USES),
    visibility: ({ principal }: { readonly principal: string }) =>
      principal.endsWith('/miller')
        ? ({ kind: 'unseen', reason: 'no-trail', detail: 'No trail records it.' } as const)
        : ({ kind: 'seen', from: '2026-08-30T00:00:00Z', to: '2026-11-28T00:00:00Z' } as const),
  };
  const { policies, changed } = sizeOf(WORK + role('baker') + role('miller'), 'aws_iam_role.baker', usage);
  expect([policies.map(({ outcome }) => outcome), changed]).toEqual([['unchanged'], null]);
});

test('a policy that is a permissions boundary too stays', () => {
  const bounded = role('miller').replace(
    '  assume_role',
    '  permissions_boundary = aws_iam_policy.work.arn\n  assume_role',
  );
  expect(sizeOf(WORK + role('baker') + bounded)).toEqual({
    policies: [
      {
        kind: 'managed',
        outcome: 'unchanged',
        reason: 'it is the permissions boundary of aws_iam_role.miller too: what it limits is for its author',
        sharedWith: ['aws_iam_role.miller'],
        // In the order in which Terraform writes a document.
        lines: [`= Queue: sqs:TagQueue, sqs:SetQueueAttributes, sqs:DeleteQueue on ${QUEUE}`],
      },
    ],
    isProven: true,
    changed: null,
    problems: [],
  });
});

test('a document that is used elsewhere too is not edited', () => {
  const unattached = `resource "aws_iam_policy" "spare" {
  name   = "spare"
  policy = data.aws_iam_policy_document.work.json
}
`;
  const { changed, problems } = sizeOf(WORK + role('baker') + unattached);
  expect({ changed, problems }).toEqual({
    changed: null,
    problems: ['The code was not edited: read again, aws_iam_policy.spare would change too.'],
  });
});

test('of several policies those are edited that nothing else has', () => {
  const parameter = `resource "aws_ssm_parameter" "copy" {
  name  = "copy"
  type  = "String"
  value = data.aws_iam_policy_document.work.json
}
resource "aws_iam_role_policy" "own" {
  name   = "own"
  role   = aws_iam_role.baker.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:GetQueueUrl", "sqs:PurgeQueue"], Resource = "*" }]
  })
}
`;
  const usage = usageOf([...USES, by('role/baker', `sqs:GetQueueUrl ${QUEUE}`)]);
  const { changed, problems } = sizeOf(WORK + role('baker') + parameter, 'aws_iam_role.baker', usage);
  expect({ changed, problems }).toEqual({
    changed: [
      '-    Statement = [{ Effect = "Allow", Action = ["sqs:GetQueueUrl", "sqs:PurgeQueue"], Resource = "*" }]',
      `+    Statement = [{ Effect = "Allow", Action = ["sqs:GetQueueUrl"], Resource = "${QUEUE}" }]`,
    ],
    problems: ['The code was not edited: read again, aws_ssm_parameter.copy would change too.'],
  });
});

const GROUP = `resource "aws_iam_group" "bakers" {
  name = "bakers"
}
resource "aws_iam_group_policy" "work" {
  name   = "work"
  group  = aws_iam_group.bakers.name
  policy = data.aws_iam_policy_document.work.json
}
resource "aws_iam_user" "NAME" {
  name = "NAME"
}
resource "aws_iam_user_group_membership" "NAME" {
  user   = aws_iam_user.NAME.name
  groups = [aws_iam_group.bakers.name]
}
`;

test('an inline policy of a group keeps what all of its users did', () => {
  const [document = ''] = WORK.split('resource "aws_iam_policy"');
  const [group = '', member = ''] = GROUP.split(/(?=resource "aws_iam_user" )/);
  const code = document + group + member.replaceAll('NAME', 'ana') + member.replaceAll('NAME', 'ben');
  const usage = usageOf([...USES, by('user/ben', `sqs:DeleteQueue ${QUEUE}`)]);
  expect(sizeOf(code, 'aws_iam_user.ana', usage)).toEqual({
    policies: [
      {
        kind: 'group',
        outcome: 'narrowed',
        reason: null,
        sharedWith: ['aws_iam_user.ben'],
        lines: [`+ Queue: sqs:DeleteQueue, sqs:TagQueue on ${QUEUE}`],
      },
    ],
    isProven: true,
    changed: [`-${BOTH}`, '+    actions   = ["sqs:DeleteQueue", "sqs:TagQueue"]'],
    problems: [],
  });
});

test('a policy of AWS is replaced where it is attached: who has it by a group, or elsewhere, is not asked', () => {
  const arn = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess';
  const attach = (name: string) => ATTACHMENT.replace('aws_iam_policy.work.arn', `"${arn}"`).replaceAll('NAME', name);
  const [group = '', member = ''] = GROUP.replace(/resource "aws_iam_group_policy"[^}]*\}\n/, '').split(
    /(?=resource "aws_iam_user" )/,
  );
  const ofGroup = `resource "aws_iam_group_policy_attachment" "work" {\n  group = aws_iam_group.bakers.name\n  policy_arn = "${arn}"\n}\n`;
  const members = member.replaceAll('NAME', 'ana') + member.replaceAll('NAME', 'ben');
  const roles = ['baker', 'miller'].map((name) => ROLE.replaceAll('NAME', name) + attach(name)).join('');
  const code = group + ofGroup + members + roles;
  const sharersOf = (principal: string) =>
    sizeOf(code, principal).policies.map(({ kind, outcome, sharedWith }) => [kind, outcome, sharedWith]);
  expect(sharersOf('aws_iam_role.baker')).toEqual([['aws-managed', 'narrowed', []]]);
  expect(sharersOf('aws_iam_user.ana')).toEqual([['aws-managed', 'narrowed', ['aws_iam_user.ben']]]);
});

test('an edit that what is read does not come from is not offered', () => {
  const sources = sourcesOfCode({ 'main.tf': PROVIDER + WORK + role('baker') });
  const question = { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false };
  const sized = rightSize(question, usageOf(USES), sources, comparePolicies);
  invariant('sizing' in sized, 'a sizing');
  expect(editRightSized(sized, () => sources)).toEqual({
    patch: null,
    problems: ['The code was not edited: read again, the policies are as they were: they are not read from there.'],
  });
});
