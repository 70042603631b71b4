import { describe, expect, test } from 'vitest';
import { escalationsBy, escalationsOf } from '../../src/access/escalation/escalations.js';
import { TECHNIQUES } from '../../src/access/escalation/techniques/index.js';
import type { EscalationReport } from '../../src/findings/escalation.js';
import { sourcesOfCode } from '../support/access-graph.js';
import { bakerWith, chief, ESCALATION_CASES } from '../support/escalation-cases.js';

const WITHOUT_TABLE = ['E10', 'E11', 'E12', 'E13', 'E14', 'E15', 'E16-user', 'E16-role', 'X30', 'X31'];

test('each technique has its cases', () => {
  const covered = [...ESCALATION_CASES.map(({ id }) => id), ...WITHOUT_TABLE].sort();
  expect(TECHNIQUES.map(({ id }) => id).sort()).toEqual(covered);
  for (const { documentation } of TECHNIQUES) expect(documentation.length).toBeGreaterThan(0);
});

test('the page of techniques lists them', async () => {
  const rows = TECHNIQUES.map(({ id, title, needs, gain, documentation }) => {
    const actions = new Set(needs.flatMap(({ action, isGranted }) => (isGranted ? [] : [action])));
    return `| ${id} | ${title} | ${[...actions].join(', ')} | ${gain} | ${documentation.join('; ')} |`;
  });
  const page = `# Escalation techniques

What \`trueline access report\` looks for: ${TECHNIQUES.length} techniques. All actions of a row are needed; what each needs beside (a role that trusts the service, a
function that is there) is said with each path that is found. A gain of \`become\` is all rights of the target, \`act-as\` what a service
does with them on the caller's order, \`grant-any\` any policy, \`unlimit\` a Deny or a boundary less.

| id | technique | actions | gain | documentation |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/access-techniques.md');
});

const report = (code: string) => escalationsOf(sourcesOfCode({ 'main.tf': code }));

/** `aws_iam_user.baker certain: E22 aws_iam_role.helper, E06 aws_iam_user.baker`. */
function shown({ paths }: EscalationReport): string[] {
  return paths.map(({ principal, state, hops, dependsOn }) => {
    const steps = hops.map(({ technique, to }) => `${technique} ${to}`).join(', ');
    return `${principal} ${state}: ${steps}${dependsOn.length === 0 ? '' : ` on ${dependsOn.join('; ')}`}`;
  });
}

const ALL = '{ Effect = "Allow", Action = "*", Resource = "*" }';
const role = (name: string, trusts: string, statements: string, more = '') => `
resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Trust", Effect = "Allow", Action = "sts:AssumeRole", Principal = { ${trusts} } }] })
  inline_policy {
    name   = "own"
    policy = jsonencode({ Version = "2012-10-17", Statement = [${statements}] })
  }
  ${more}
}`;
const FENCE = (actions: string) => `
resource "aws_iam_policy" "fence" {
  name   = "fence"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${actions}, Resource = "*" }] })
}`;
const FENCED = 'permissions_boundary = aws_iam_policy.fence.arn';

describe('limits of its own', () => {
  test.each([
    ['E14', 'user', 'iam:DeleteUserPermissionsBoundary'],
    ['E15', 'role', 'iam:DeleteRolePermissionsBoundary'],
    ['E16-user', 'user', 'iam:PutUserPermissionsBoundary'],
    ['E16-role', 'role', 'iam:PutRolePermissionsBoundary'],
  ] as const)('%s: a boundary that its holder may remove', (id, kind, action) => {
    const techniques = TECHNIQUES.filter((one) => one.id === id);
    const paths = (actions: string, statement: string) =>
      shown(
        escalationsBy(
          techniques,
          sourcesOfCode({
            'main.tf': `${FENCE(actions)}${bakerWith({ kind, statements: [statement], more: FENCED })}`,
          }),
        ),
      );
    const name = `aws_iam_${kind}.baker`;
    expect(paths(`["${action}"]`, ALL)).toEqual([`${name} certain: ${id} ${name} without its boundary`]);
    expect(paths('["sqs:*"]', ALL)).toEqual([]);
    // Without the boundary it is no administrator either.
    expect(paths(`["${action}"]`, '{ Effect = "Allow", Action = ["iam:*Boundary", "sqs:*"], Resource = "*" }')).toEqual(
      [],
    );
  });

  const DENYING =
    '{ Effect = "Deny", Action = ["iam:Create*", "iam:PassRole", "iam:Attach*", "iam:Put*"], Resource = "*" }';
  test.each([
    ['E10', 'user', 'iam:DeleteUserPolicy'],
    ['E12', 'role', 'iam:DeleteRolePolicy'],
  ] as const)('%s: an inline policy that denies', (id, kind, action) => {
    const attached = (all: string) => `
resource "aws_iam_policy" "all" {
  name   = "all"
  policy = jsonencode({ Version = "2012-10-17", Statement = [${all}] })
}
resource "aws_iam_${kind}_policy_attachment" "all" {
  ${kind}       = aws_iam_${kind}.baker.name
  policy_arn = aws_iam_policy.all.arn
}`;
    const techniques = TECHNIQUES.filter((one) => one.id === id);
    const paths = (all: string, denying: string) =>
      shown(
        escalationsBy(
          techniques,
          sourcesOfCode({ 'main.tf': `${attached(all)}${bakerWith({ kind, statements: [denying] })}` }),
        ),
      );
    const name = `aws_iam_${kind}.baker`;
    expect(paths(ALL, DENYING)).toEqual([`${name} certain: ${id} ${name} without inline policy "own" of ${name}`]);
    expect(paths(ALL, DENYING.replace('"iam:PassRole"', `"${action}"`))).toEqual([]);
    expect(paths('{ Effect = "Allow", Action = "sqs:*", Resource = "*" }', DENYING)).toEqual([]);
  });

  test.each([
    ['E11', 'user', 'iam:DetachUserPolicy'],
    ['E13', 'role', 'iam:DetachRolePolicy'],
  ] as const)('%s: an attached policy that denies', (id, kind, action) => {
    const attached = (denying: string) => `
resource "aws_iam_policy" "guard" {
  name   = "guard"
  policy = jsonencode({ Version = "2012-10-17", Statement = [${denying}] })
}
resource "aws_iam_${kind}_policy_attachment" "guard" {
  ${kind}       = aws_iam_${kind}.baker.name
  policy_arn = aws_iam_policy.guard.arn
}`;
    const techniques = TECHNIQUES.filter((one) => one.id === id);
    const paths = (denying: string) =>
      shown(
        escalationsBy(
          techniques,
          sourcesOfCode({ 'main.tf': `${attached(denying)}${bakerWith({ kind, statements: [ALL] })}` }),
        ),
      );
    const name = `aws_iam_${kind}.baker`;
    expect(paths(DENYING)).toEqual([`${name} certain: ${id} ${name} without aws_iam_policy.guard`]);
    expect(paths(DENYING.replace('"iam:PassRole"', `"${action}"`))).toEqual([]);
  });
});

describe('administrators', () => {
  test('are listed once, and have no paths', () => {
    const mfa =
      '{ Effect = "Deny", NotAction = "iam:ChangePassword", Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } }';
    const { admins, paths } = report(
      [
        role('all', 'AWS = "arn:aws:iam::111122223333:root"', ALL),
        role('iam', 'Service = "mill.amazonaws.com"', '{ Effect = "Allow", Action = "iam:*", Resource = "*" }'),
        role('mfa', 'Service = "mill.amazonaws.com"', `${ALL}, ${mfa}`),
        role(
          'some',
          'Service = "mill.amazonaws.com"',
          `${ALL}, { Effect = "Deny", Action = "*", Resource = "arn:aws:iam::*:role/vault" }`,
        ),
        role(
          'network',
          'Service = "mill.amazonaws.com"',
          '{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } }',
        ),
      ].join('\n'),
    );
    expect(admins.map(({ principal, dependsOn }) => [principal, dependsOn])).toEqual([
      ['aws_iam_role.all', []],
      ['aws_iam_role.iam', []],
      ['aws_iam_role.mfa', []],
      ['aws_iam_role.network', ['aws:SourceVpce']],
      ['aws_iam_role.some', []],
    ]);
    expect(paths).toEqual([]);
  });

  test('power over everything but IAM is none, nor is one within a boundary', () => {
    const { admins, paths } = report(
      [
        FENCE('["sqs:*"]'),
        role(
          'power',
          'Service = "mill.amazonaws.com"',
          '{ Effect = "Allow", NotAction = ["iam:*", "organizations:*"], Resource = "*" }',
        ),
        role('fenced', 'Service = "lambda.amazonaws.com"', ALL, FENCED),
      ].join('\n'),
    );
    expect([admins, paths]).toEqual([[], []]);
  });
});

describe('paths', () => {
  const PASS =
    '{ Sid = "Pass", Effect = "Allow", Action = ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], Resource = "*" }';

  test('lead over several principals, by the shortest way', () => {
    const code = [
      chief('Service = "lambda.amazonaws.com"'),
      role('third', 'AWS = aws_iam_role.second.arn', PASS),
      role('second', 'AWS = aws_iam_role.first.arn', '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }'),
      role('first', 'Service = "mill.amazonaws.com"', '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }'),
    ].join('\n');
    const found = report(code);
    expect(shown(found)).toEqual([
      'aws_iam_role.first certain: E22 aws_iam_role.second, E22 aws_iam_role.third, P08 aws_iam_role.chief',
      'aws_iam_role.second certain: E22 aws_iam_role.third, P08 aws_iam_role.chief',
      'aws_iam_role.third certain: P08 aws_iam_role.chief',
    ]);
    const { change } = found;
    expect([change?.statement.sid, change?.statement.policy, change?.principals, change?.of]).toEqual([
      'Pass',
      'inline policy "own" of aws_iam_role.third',
      ['aws_iam_role.first', 'aws_iam_role.second', 'aws_iam_role.third'],
      3,
    ]);
  });

  test('over rights for a role that it may assume', () => {
    const found = report(
      [
        bakerWith({ kind: 'user', statements: ['{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }'] }),
        role('helper', 'AWS = aws_iam_user.baker.arn', '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }'),
        role(
          'apart',
          'Service = "mill.amazonaws.com"',
          '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }',
        ),
      ].join('\n'),
    );
    expect(shown(found)).toEqual(['aws_iam_user.baker certain: E08 aws_iam_role.helper, E22 aws_iam_role.helper']);
  });

  test('a right that a boundary of the target leaves without worth is none', () => {
    const path = (actions: string) =>
      shown(
        report(
          [
            FENCE(actions),
            bakerWith({
              kind: 'user',
              statements: ['{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }'],
            }),
            role(
              'helper',
              'AWS = aws_iam_user.baker.arn',
              '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }',
              FENCED,
            ),
          ].join('\n'),
        ),
      );
    expect(path('["sqs:*"]')).toEqual([]);
    expect(path('["*"]')).toEqual(['aws_iam_user.baker certain: E08 aws_iam_role.helper, E22 aws_iam_role.helper']);
  });

  test('have others, each by another statement, so that no one change closes them', () => {
    const found = report(
      [
        chief('Service = ["lambda.amazonaws.com", "glue.amazonaws.com"]'),
        bakerWith({
          kind: 'user',
          statements: [
            '{ Sid = "User", Effect = "Allow", Action = "iam:PutUserPolicy", Resource = aws_iam_user.baker.arn }',
            '{ Sid = "Attach", Effect = "Allow", Action = "iam:AttachUserPolicy", Resource = aws_iam_user.baker.arn }',
            PASS,
          ],
        }),
      ].join('\n'),
    );
    expect(shown(found)).toEqual(['aws_iam_user.baker certain: E03 aws_iam_user.baker']);
    expect(found.paths[0]?.alternatives.map((hops) => hops.map(({ technique, to }) => `${technique} ${to}`))).toEqual([
      ['E06 aws_iam_user.baker'],
      ['P08 aws_iam_role.chief'],
    ]);
    expect([found.change?.principals, found.change?.of]).toEqual([[], 1]);
  });

  test('with a name that the caller may give, in a region in which it may', () => {
    const scoped = (region: string, deny = '') =>
      bakerWith({
        kind: 'user',
        statements: [
          '{ Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } } }',
          `{ Effect = "Allow", Action = ["lambda:CreateFunction", "lambda:InvokeFunction"], Resource = "arn:aws:lambda:${region}:*:function:team-*" }`,
          '{ Effect = "Deny", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1", "us-east-1"] } } }',
          ...(deny === '' ? [] : [deny]),
        ],
      });
    const world = chief('Service = "lambda.amazonaws.com"');
    const P08 = ['aws_iam_user.baker certain: P08 aws_iam_role.chief'];
    expect(shown(report(`${scoped('eu-west-1')}${world}`))).toEqual(P08);
    expect(shown(report(`${scoped('ap-south-1')}${world}`))).toEqual([]);
    const denied =
      '{ Effect = "Deny", Action = "lambda:CreateFunction", Resource = "arn:aws:lambda:*:*:function:team-*" }';
    expect(shown(report(`${scoped('eu-west-1', denied)}${world}`))).toEqual([]);
    const glue = scoped('eu-west-1').replace('"lambda.amazonaws.com"', '"glue.amazonaws.com"');
    expect(shown(report(`${glue}${world}`))).toEqual([]);
  });

  test('where not all regions or names are tried, it is not decided', () => {
    const arns = (count: number, toArn: (index: number) => string) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => toArn(index)));
    const inRegion = (index: number) => `arn:aws:lambda:eu-${'abcdefghijklmnopqrst'[index]}west-1:*:function:*`;
    const named = (index: number) => `arn:aws:lambda:*:*:function:mill-${index}`;
    const caller = (created: string, invoked: string) =>
      bakerWith({
        kind: 'user',
        statements: [
          '{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }',
          `{ Effect = "Allow", Action = "lambda:CreateFunction", Resource = ${created} }`,
          `{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = ${invoked} }`,
        ],
      });
    const found = (created: string, invoked: string) => {
      const { paths, undecided } = report(`${caller(created, invoked)}${chief('Service = "lambda.amazonaws.com"')}`);
      return [
        paths.map(({ hops }) => hops.map(({ technique }) => technique)),
        undecided.filter(({ technique }) => technique === 'P08').map(({ reason, principals }) => [reason, principals]),
      ];
    };
    const baker = ['aws_iam_user.baker'];
    expect(found(arns(8, inRegion), `["${inRegion(7)}"]`)).toEqual([[['P08']], []]);
    expect(found(arns(20, inRegion), `["${inRegion(19)}"]`)).toEqual([[], [['not all regions were tried', baker]]]);
    expect(found(arns(20, named), `["${named(19)}"]`)).toEqual([
      [],
      [['not all names of a function were tried', baker]],
    ]);
    expect(found(arns(20, named), `["${named(3)}"]`)).toEqual([[['P08']], []]);
  });

  test('a trust whose condition is never met, or that is for another action, closes', () => {
    const caller = bakerWith({ kind: 'user', statements: [PASS] });
    const world = chief('Service = "lambda.amazonaws.com"');
    expect(shown(report(`${caller}${world}`))).toHaveLength(1);
    const never = 'Condition = { Bool = { "aws:SecureTransport" = "false" } }, Principal';
    expect(shown(report(`${caller}${world.replace('Principal', never)}`))).toEqual([]);
    expect(shown(report(`${caller}${world.replace('sts:AssumeRole', 'sts:TagSession')}`))).toEqual([]);
  });

  test('principals whose policies are not known are named', () => {
    const { paths, notKnown } = report(
      role(
        'reader',
        'Service = "mill.amazonaws.com"',
        '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }',
        'managed_policy_arns = ["arn:aws:iam::aws:policy/OrchardReadOnlyAccess"]',
      ),
    );
    expect(paths).toEqual([]);
    expect(notKnown).toEqual([
      { root: '.', principal: 'aws_iam_role.reader', policies: ['arn:aws:iam::aws:policy/OrchardReadOnlyAccess'] },
    ]);
  });
});
