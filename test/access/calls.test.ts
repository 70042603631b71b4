import { describe, expect, test } from 'vitest';
import { type AccessQuestion, answerQuestion } from '../../src/access/question.js';
import { sourcesOfCode } from '../support/access-graph.js';

const ACCOUNT = '111122223333';
const INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`;
const SUBNET = `arn:aws:ec2:eu-west-1:${ACCOUNT}:subnet/subnet-0a1`;

function ask(statements: string, question: Partial<AccessQuestion> = {}) {
  const sources = sourcesOfCode({
    'main.tf': `provider "aws" { region = "eu-west-1" }
resource "aws_iam_user" "ana" { name = "ana" }
resource "aws_iam_role" "mill" {
  name               = "mill"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_user_policy" "ana" {
  name   = "ana"
  user   = aws_iam_user.ana.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [${statements}] })
}
`,
  });
  const answer = answerQuestion(
    {
      principal: 'aws_iam_user.ana',
      action: 'ec2:RunInstances',
      resource: INSTANCE,
      context: new Map(),
      account: ACCOUNT,
      ...question,
    },
    sources,
  );
  if ('problem' in answer) return answer;
  return {
    outcome: answer.outcome,
    dependsOn: answer.dependsOn,
    needs: answer.needs.map(({ action, resource, outcome, when }) => {
      const [, , , , , name] = resource.split(':');
      return `${outcome} ${action.split(':')[1]} ${name}${when === null ? '' : `, where ${when}`}`;
    }),
  };
}

const allow = (actions: string, resources: string) =>
  `{ Effect = "Allow", Action = ${JSON.stringify(actions.split(' '))}, Resource = ${JSON.stringify(resources.split(' '))} }`;

describe('a call that needs several permissions', () => {
  test('is allowed if all are that it always needs', () => {
    expect(ask(allow('ec2:RunInstances', '*'))).toEqual({
      outcome: 'allowed',
      dependsOn: [],
      needs: [
        'allowed RunInstances instance/*',
        'allowed RunInstances image/${image}',
        'allowed RunInstances network-interface/${network-interface}',
        'allowed RunInstances security-group/${security-group}',
        'allowed RunInstances subnet/${subnet}',
        'allowed RunInstances volume/${volume}, where the image begins on a volume of EBS',
        'implicit-deny PassRole role/${role}, where the instance has an instance profile',
      ],
    });
  });

  test('is denied if one of them is, and is allowed all the same on what was asked', () => {
    const statements = allow('ec2:RunInstances', 'arn:aws:ec2:*:*:instance/* arn:aws:ec2:*::image/*');
    expect(ask(statements)).toMatchObject({ outcome: 'implicit-deny', dependsOn: [] });
    expect(ask(statements, { isExact: true })).toEqual({ outcome: 'allowed', dependsOn: [], needs: [] });
  });

  test('depends on what is not named, and --with names it', () => {
    const types = ['instance', 'network-interface', 'security-group'].map((type) => `arn:aws:ec2:*:*:${type}/*`);
    const statements = allow('ec2:RunInstances', [...types, 'arn:aws:ec2:*::image/*', SUBNET].join(' '));
    expect(ask(statements)).toMatchObject({
      outcome: 'depends',
      dependsOn: ['the subnet of the call (outside-input)'],
    });
    expect(ask(statements, { others: [SUBNET] })).toMatchObject({ outcome: 'allowed', dependsOn: [] });
    expect(ask(statements, { others: [SUBNET.replace('0a1', '0b2')] })).toMatchObject({ outcome: 'implicit-deny' });
  });

  test('what is named is needed: a volume, a role that is handed over to its service', () => {
    const others = ['aws_iam_role.mill'];
    expect(ask(allow('ec2:RunInstances', '*'), { others })).toMatchObject({ outcome: 'implicit-deny' });
    const pass = (service: string) =>
      `${allow('ec2:RunInstances', '*')}, { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.mill.arn, Condition = { StringEquals = { "iam:PassedToService" = "${service}" } } }`;
    expect(ask(pass('ec2.amazonaws.com'), { others })).toMatchObject({ outcome: 'allowed', dependsOn: [] });
    expect(ask(pass('lambda.amazonaws.com'), { others })).toMatchObject({ outcome: 'implicit-deny' });
  });

  test('a Deny on one of them denies it', () => {
    const deny = `{ Effect = "Deny", Action = "ec2:RunInstances", Resource = "arn:aws:ec2:*:*:security-group/*" }`;
    expect(ask(`${allow('ec2:*', '*')}, ${deny}`)).toMatchObject({ outcome: 'explicit-deny' });
  });

  test('an instance profile always needs a role', () => {
    const question = {
      action: 'iam:AddRoleToInstanceProfile',
      resource: `arn:aws:iam::${ACCOUNT}:instance-profile/mill`,
    };
    expect(ask(allow('iam:Add*', '*'), question)).toEqual({
      outcome: 'implicit-deny',
      dependsOn: [],
      needs: ['allowed AddRoleToInstanceProfile instance-profile/mill', 'implicit-deny PassRole role/${role}'],
    });
    expect(ask(allow('iam:Add* iam:PassRole', '*'), question)).toMatchObject({ outcome: 'allowed' });
  });

  test('what no call of the action needs is refused', () => {
    expect(ask(allow('s3:*', '*'), { others: ['arn:aws:s3:::orders'] })).toEqual({
      problem: '"arn:aws:s3:::orders" is nothing else that ec2:RunInstances is known to need.',
    });
  });

  test('others need one permission only', () => {
    const question = { action: 'ec2:StopInstances', resource: INSTANCE };
    expect(ask(allow('ec2:StopInstances', '*'), question)).toEqual({ outcome: 'allowed', dependsOn: [], needs: [] });
  });
});
