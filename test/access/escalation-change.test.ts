import { expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import type { Usage, Use } from '../../src/access/usage/usage.js';
import { withPatch } from '../../src/edit-best-change.js';
import { sourcesOfCode } from '../support/access-graph.js';
import { chief } from '../support/escalation-cases.js';
import { GOVERNED, governedAccount } from '../support/governed-account.js';

const PASS = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];

const CODE = `
data "aws_iam_policy_document" "deploy" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  statement {
    sid       = "Pass"
    actions   = ${JSON.stringify(PASS)}
    resources = ["*"]
  }
}
resource "aws_iam_policy" "deploy" {
  name   = "deploy"
  policy = data.aws_iam_policy_document.deploy.json
}
resource "aws_iam_user" "baker" { name = "baker" }
resource "aws_iam_user" "miller" { name = "miller" }
resource "aws_iam_user_policy_attachment" "baker" {
  user       = aws_iam_user.baker.name
  policy_arn = aws_iam_policy.deploy.arn
}
resource "aws_iam_user_policy_attachment" "miller" {
  user       = aws_iam_user.miller.name
  policy_arn = aws_iam_policy.deploy.arn
}
${chief('Service = "lambda.amazonaws.com"')}`;

const readEdited = (texts: ReadonlyMap<string, string>) => sourcesOfCode(Object.fromEntries(texts));

const PATCH = `--- a/main.tf
+++ b/main.tf
@@ -5,11 +5,6 @@
     actions   = ["s3:GetObject"]
     resources = ["*"]
   }
-  statement {
-    sid       = "Pass"
-    actions   = ${JSON.stringify(PASS)}
-    resources = ["*"]
-  }
 }
 resource "aws_iam_policy" "deploy" {
   name   = "deploy"
`;

test('the one change is a patch of the code, with whom it takes what from', () => {
  const { change } = withPatch(escalationsOf(sourcesOfCode({ 'main.tf': CODE })), readEdited);
  const users = ['aws_iam_user.baker', 'aws_iam_user.miller'];
  expect([change?.statement.sid, change?.principals, change?.of]).toEqual(['Pass', users, 2]);
  expect(change?.carries).toEqual({ principals: users, actions: [...PASS].reverse(), resources: ['*'], used: null });
  expect(JSON.parse(change?.document ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  });
  expect(change?.patch).toBe(PATCH);
});

test('a patch after which a path is still there is not offered', () => {
  const report = escalationsOf(sourcesOfCode({ 'main.tf': CODE }));
  const asBefore = () => sourcesOfCode({ 'main.tf': CODE });
  expect(withPatch(report, asBefore)).toEqual(report);
});

const role = (name: string) => `arn:aws:iam::${GOVERNED}:role/${name}`;
const allow = (Sid: string, Action: readonly string[]) => ({
  Sid,
  Effect: 'Allow',
  Action: [...Action],
  Resource: '*',
});
const trust = (Principal: Record<string, string>) => ({
  Sid: 'Trust',
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
});

function use(principal: string, action: string, day: number, more: Partial<Use> = {}): Use {
  const last = `2026-11-0${day}T06:00:00Z`;
  const seen = {
    region: 'eu-west-1',
    context: {},
    people: [],
    count: 1,
    first: last,
    last,
    eventIds: [`event-${day}`],
  };
  return { principal, action, resource: undefined, state: 'used', ...seen, ...more };
}

const usageOf = (...uses: readonly Use[]): Usage => ({
  uses,
  unmapped: [],
  visibility: () => ({ kind: 'unseen', reason: 'no-trail', detail: '' }),
});

test('what was used of it is told, the newest of each action, and whether another statement may allow it', () => {
  const baker = {
    name: 'baker',
    statements: [allow('Run', ['lambda:*']), allow('Pass', ['iam:PassRole', 'lambda:Invoke*'])],
  };
  const chiefRole = {
    name: 'chief',
    statements: [allow('All', ['*'])],
    trust: [trust({ Service: 'lambda.amazonaws.com' })],
  };
  const usage = usageOf(
    use(role('baker'), 'iam:PassRole', 1),
    use(role('baker'), 'iam:PassRole', 3),
    use(role('baker'), 'lambda:InvokeFunction', 2),
    use(role('baker'), 'lambda:InvokeAsync', 2, { state: 'denied' }),
    use(role('chief'), 'iam:PassRole', 4),
  );
  const { change } = withPatch(escalationsOf(governedAccount([], [baker, chiefRole]), usage), readEdited);
  expect(change?.statement.sid).toBe('Pass');
  expect(change?.carries?.used).toEqual([
    {
      principal: role('baker'),
      action: 'iam:PassRole',
      last: '2026-11-03T06:00:00Z',
      eventIds: ['event-3'],
      isOnlyBy: true,
    },
    {
      ...{ principal: role('baker'), action: 'lambda:InvokeFunction', last: '2026-11-02T06:00:00Z' },
      ...{ eventIds: ['event-2'], isOnlyBy: false },
    },
  ]);
  expect(JSON.parse(change?.document ?? '')).toEqual({ Version: '2012-10-17', Statement: [baker.statements[0]] });
  expect(change?.patch).toBeNull();
});

test('of a trust policy it is told who took the role on', () => {
  const owner = { name: 'owner', statements: [allow('All', ['*'])], trust: [trust({ AWS: role('baker') })] };
  const baker = {
    name: 'baker',
    statements: [allow('Read', ['s3:GetObject'])],
    trust: [trust({ AWS: role('miller') })],
  };
  const miller = { name: 'miller', statements: [allow('Read', ['s3:GetObject'])] };
  const usage = usageOf(use(role('baker'), 'sts:AssumeRole', 1, { resource: role('owner') }));
  const { change } = escalationsOf(governedAccount([], [owner, baker, miller]), usage);
  expect([change?.statement.policy, change?.principals]).toEqual([
    `trust policy of ${role('owner')}`,
    [role('baker'), role('miller')],
  ]);
  expect(change?.carries).toEqual({
    ...{ principals: [role('baker')], actions: ['sts:AssumeRole'], resources: [role('owner')] },
    used: [
      {
        principal: role('baker'),
        action: 'sts:AssumeRole',
        last: '2026-11-01T06:00:00Z',
        eventIds: ['event-1'],
        isOnlyBy: true,
      },
    ],
  });
});

test('a trust statement that a module writes for several roles is taken from all of them, and from whom is not known', () => {
  const module = `
variable "trusted" {}
variable "policy" {}
variable "sid" { default = "Trust" }
data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = toset([var.sid, "Beside"])
    content {
      sid     = statement.value
      actions = ["sts:AssumeRole"]
      principals {
        type        = "AWS"
        identifiers = statement.value == "Beside" ? ["arn:aws:iam::444455556666:root"] : var.trusted
      }
    }
  }
}
resource "aws_iam_role" "this" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = var.policy
}`;
  const code = `
variable "team" {}
module "chief" {
  source  = "./role"
  trusted = [aws_iam_user.baker.arn]
  policy  = "arn:aws:iam::aws:policy/AdministratorAccess"
}
module "reader" {
  source  = "./role"
  trusted = ["arn:aws:iam::777788889999:user/miller", var.team]
  policy  = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
module "other" {
  source  = "./role"
  sid     = "Other"
  trusted = ["arn:aws:iam::123412341234:root"]
  policy  = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
resource "aws_iam_user" "baker" { name = "baker" }`;
  const { change } = escalationsOf(sourcesOfCode({ 'main.tf': code, 'role/main.tf': module }));
  expect([change?.statement.sid, change?.statement.location?.file.path]).toEqual(['Trust', 'role/main.tf']);
  expect(change?.carries).toEqual({
    actions: ['sts:AssumeRole'],
    resources: ['module.chief.aws_iam_role.this', 'module.reader.aws_iam_role.this'],
    principals: [
      'arn:aws:iam::${provider.aws account}:user/baker',
      'arn:aws:iam::777788889999:user/miller',
      '${var.team}',
    ],
    used: null,
  });
});

test('paths of three steps, over a middle that several share and round a circle, are closed by the middle alone', () => {
  const role1 = (name: string, trusted: string, statements = [allow('Read', ['s3:GetObject'])]) => ({
    ...{ name, statements, trust: [trust({ AWS: role(trusted) })] },
  });
  const { paths, change } = escalationsOf(
    governedAccount(
      [],
      [
        { name: 'chief', statements: [allow('All', ['*'])], trust: [trust({ Service: 'lambda.amazonaws.com' })] },
        role1('middle', 'left', [allow('Pass', PASS)]),
        role1('left', 'right'),
        role1('right', 'left'),
        role1('apart', 'apart'),
      ],
    ),
  );
  const shown = paths.map(({ principal, hops }) => `${principal}: ${hops.map(({ technique }) => technique).join(' ')}`);
  expect(shown).toEqual([`${role('left')}: E22 P08`, `${role('middle')}: P08`, `${role('right')}: E22 E22 P08`]);
  expect([change?.statement.sid, change?.principals]).toEqual(['Pass', [role('left'), role('middle'), role('right')]]);
});

test('a step in the middle that depends makes the whole path depend, and the steps behind it certain', () => {
  const onNetwork = { ...allow('Pass', PASS), Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  const { paths } = escalationsOf(
    governedAccount(
      [],
      [
        { name: 'chief', statements: [allow('All', ['*'])], trust: [trust({ Service: 'lambda.amazonaws.com' })] },
        { name: 'middle', statements: [onNetwork], trust: [trust({ AWS: role('left') })] },
        { name: 'left', statements: [allow('Read', ['s3:GetObject'])] },
      ],
    ),
  );
  expect(
    paths.map(({ principal, state, dependsOn, hops }) => [
      principal,
      state,
      dependsOn,
      hops.map((hop) => hop.dependsOn),
    ]),
  ).toEqual([
    [role('left'), 'depends', ['aws:SourceVpc'], [[], ['aws:SourceVpc']]],
    [role('middle'), 'depends', ['aws:SourceVpc'], [['aws:SourceVpc']]],
  ]);
});

const ATTACHED = `
resource "aws_iam_user" "baker" { name = "baker" }
resource "aws_iam_user" "miller" { name = "miller" }
resource "aws_iam_group" "mill" { name = "mill" }
resource "aws_iam_user_group_membership" "miller" {
  user   = aws_iam_user.miller.name
  groups = [aws_iam_group.mill.name]
}
resource "aws_iam_user" "carter" { name = "carter" }
resource "aws_iam_user_group_membership" "carter" {
  user   = aws_iam_user.carter.name
  groups = [aws_iam_group.mill.name]
}
resource "aws_iam_user_policy_attachment" "baker" {
  user       = aws_iam_user.baker.name
  policy_arn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess"
}
resource "aws_iam_group_policy_attachment" "mill" {
  group      = aws_iam_group.mill.name
  policy_arn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess"
}
${chief('Service = "lambda.amazonaws.com"')}
${chief('Service = "lambda.amazonaws.com"').replaceAll('chief', 'deputy')}`;

test('a policy of AWS is taken from whom one attachment gives it to, and nobody else', () => {
  const report = escalationsOf(sourcesOfCode({ 'main.tf': ATTACHED }));
  const { change } = withPatch(report, readEdited);
  const users = ['aws_iam_user.carter', 'aws_iam_user.miller'];
  expect(report.paths.map(({ principal }) => principal)).toEqual(['aws_iam_user.baker', ...users]);
  expect(change).toEqual({
    statement: {
      kind: 'identity',
      policy: 'arn:aws:iam::aws:policy/AWSLambda_FullAccess',
      sid: null,
      location: expect.anything(),
    },
    principals: users,
    of: 3,
    carries: {
      principals: users,
      actions: expect.arrayContaining(['iam:PassRole', 'lambda:*']),
      resources: expect.arrayContaining(['*']),
      used: null,
    },
    document: null,
    patch: null,
  });
  const start = change?.statement.location?.start;
  expect(ATTACHED.slice(0, start)).toMatch(/mill\.name\n {2}policy_arn = $/);
});
