import { describe, expect, test } from 'vitest';
import { escalationsBy } from '../../src/access/escalation/escalations.js';
import { TECHNIQUES } from '../../src/access/escalation/techniques/index.js';
import { sourcesOfCode, sourcesOfSnapshot } from '../support/access-graph.js';
import { accountSnapshot, type WrittenRecord } from '../support/account-snapshot.js';
import { bakerWith, chief, ESCALATION_CASES } from '../support/escalation-cases.js';

type Sources = ReturnType<typeof sourcesOfCode>;

/** The paths by one technique: where they lead, and what they depend on. */
function pathsBy(id: string, sources: Sources): string[] {
  const { paths } = escalationsBy(
    TECHNIQUES.filter((one) => one.id === id),
    sources,
  );
  return paths.map(({ principal, hops, dependsOn }) =>
    [`${principal} → ${hops.map(({ to }) => to).join(', ')}`, ...dependsOn].join('; '),
  );
}

const worldOf = (id: string) => ESCALATION_CASES.find((one) => one.id === id)?.world ?? '';
const ofCode = (id: string, statement: string, more = '') =>
  pathsBy(
    id,
    sourcesOfCode({ 'main.tf': `${bakerWith({ kind: 'user', statements: [statement] })}${worldOf(id)}${more}` }),
  );

describe('what is changed, and also started', () => {
  test('is certain', () => {
    const service = `
resource "aws_ecs_cluster" "ovens" { name = "ovens" }
resource "aws_ecs_service" "bake" {
  name            = "bake"
  cluster         = aws_ecs_cluster.ovens.id
  task_definition = aws_ecs_task_definition.bake.arn
}`;
    const pushing = '{ Effect = "Allow", Action = ["ecr:*", "ecs:UpdateService"], Resource = "*" }';
    const path = 'aws_iam_user.baker → aws_iam_role.chief';
    expect(ofCode('X38', pushing, service)).toEqual([path]);
    expect(ofCode('X38', pushing)).toEqual([`${path}; whether something deploys aws_ecs_task_definition.bake again`]);
    expect(
      ofCode('X35', '{ Effect = "Allow", Action = ["s3:PutObject", "glue:StartJobRun"], Resource = "*" }'),
    ).toEqual([path]);
  });

  test('an image by its digest stays as it is', () => {
    const world = worldOf('X38').replace(':latest', '@sha256:0123');
    const caller = bakerWith({ kind: 'user', statements: ['{ Effect = "Allow", Action = "ecr:*", Resource = "*" }'] });
    expect(pathsBy('X38', sourcesOfCode({ 'main.tf': `${caller}${world}` }))).toEqual([]);
  });

  test('a secret that a key of the graph encrypts needs that key too', () => {
    const key = `
resource "aws_kms_key" "vault" {}`;
    const encrypted = (actions: string) => {
      const world = worldOf('X36').replace('name = "chief"\n}', 'name = "chief"\n}');
      const code = world.replace(
        /(resource "aws_secretsmanager_secret" "chief" \{\n)/,
        '$1kms_key_id = aws_kms_key.vault.arn\n',
      );
      const caller = bakerWith({
        kind: 'user',
        statements: [`{ Effect = "Allow", Action = ${actions}, Resource = "*" }`],
      });
      return pathsBy('X36', sourcesOfCode({ 'main.tf': `${caller}${code}${key}` }));
    };
    expect(encrypted('["secretsmanager:GetSecretValue"]')).toEqual([]);
    expect(encrypted('["secretsmanager:GetSecretValue", "kms:Decrypt"]')).toHaveLength(1);
  });

  test('a profile in which there is a role has to be emptied first', () => {
    const world = worldOf('P04').replace('name = "chief"\n}', 'name = "chief"\nrole = aws_iam_role.mill.name\n}');
    const mill = chief('Service = "ec2.amazonaws.com"')
      .replaceAll('chief', 'mill')
      .replace(/\n {2}managed.*\n/, '\n');
    const adding = (actions: string) => {
      const caller = bakerWith({
        kind: 'user',
        statements: [`{ Effect = "Allow", Action = ${actions}, Resource = "*" }`],
      });
      return pathsBy('P04', sourcesOfCode({ 'main.tf': `${caller}${world}${mill}` }));
    };
    expect(adding('["iam:PassRole", "iam:AddRoleToInstanceProfile"]')).toEqual([]);
    expect(adding('["iam:PassRole", "iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile"]')).toEqual([
      'aws_iam_user.baker → aws_iam_role.chief; a way into the instance',
    ]);
  });
});

test('a role that may be passed to one of the two names of App Runner depends on which it is', () => {
  const passing = (service: string) =>
    pathsBy(
      'P30',
      sourcesOfCode({
        'main.tf': `${bakerWith({
          kind: 'user',
          statements: [
            '{ Effect = "Allow", Action = "apprunner:CreateService", Resource = "*" }',
            `{ Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "${service}" } } }`,
          ],
        })}${chief('Service = "tasks.apprunner.amazonaws.com"')}`,
      }),
    );
  const path = 'aws_iam_user.baker → aws_iam_role.chief';
  expect(passing('apprunner.amazonaws.com')).toEqual([path]);
  expect(passing('tasks.apprunner.amazonaws.com')).toEqual([
    `${path}; to which service roles of App Runner are passed`,
  ]);
  expect(passing('lambda.amazonaws.com')).toEqual([]);
});

const ACCOUNT = '123456789012';
const document = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

function iam(type: 'User' | 'Role', name: string, path: string, policy: ReturnType<typeof document>): WrittenRecord {
  const kind = type.toLowerCase();
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
  };
  return {
    type: `AWS::IAM::${type}`,
    id: name,
    arn: `arn:aws:iam::${ACCOUNT}:${kind}${path}${name}`,
    properties: {
      Path: path,
      ManagedPolicyArns: [],
      Policies: [{ PolicyName: 'own', PolicyDocument: policy }],
      ...(type === 'User' ? { UserName: name, Groups: [] } : { RoleName: name, AssumeRolePolicyDocument: trust }),
    },
  };
}

describe.each([
  ['X30', 'sso:AttachManagedPolicyToPermissionSet'],
  ['X31', 'sso:PutInlinePolicyToPermissionSet'],
] as const)('%s', (id, action) => {
  const actions = [action, 'sso:ProvisionPermissionSet'];
  const set: WrittenRecord = {
    type: 'AWS::SSO::PermissionSet',
    id: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef',
    arn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef',
    region: 'eu-west-1',
    properties: { Name: 'Bakers', InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' },
  };
  const name = 'AWSReservedSSO_Bakers_0123456789abcdef';
  const path = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
  const found = (policy: ReturnType<typeof document>, own = name, ...records: readonly WrittenRecord[]) =>
    pathsBy(id, sourcesOfSnapshot(accountSnapshot([iam('Role', own, path, policy), ...records])));

  test('a role changes the permission set that it is of', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role${path}${name}`;
    expect(found(document(actions), name, set)).toEqual([`${role} → ${role}`]);
    expect(
      found(document(actions, ['arn:aws:sso:::instance/*', set.arn ?? '', 'arn:aws:sso:::account/*']), name, set),
    ).toEqual([`${role} → ${role}`]);
  });

  test('needs each of its actions, its own set, and each of the things', () => {
    for (const one of actions) expect(found(document([one]), name, set)).toEqual([]);
    expect(found(document(actions), 'AWSReservedSSO_Millers_0123456789abcdef', set)).toEqual([]);
    expect(found(document(actions), name)).toEqual([]);
    expect(found(document(actions, ['arn:aws:sso:::permissionSet/*', 'arn:aws:sso:::account/*']), name, set)).toEqual(
      [],
    );
  });

  test('is closed by a Deny, and not by one of another set', () => {
    const deny = (Resource: string) => {
      const { Statement } = document(actions);
      return { Version: '2012-10-17', Statement: [...Statement, { Effect: 'Deny', Action: 'sso:*', Resource }] };
    };
    expect(found(deny(set.arn ?? ''), name, set)).toEqual([]);
    expect(found(deny('arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-other'), name, set)).toHaveLength(1);
  });
});

describe('what stands beside a resource of a snapshot is asked for by its own ARN', () => {
  const chiefs: readonly WrittenRecord[] = [
    iam('Role', 'chief', '/', document('*')),
    {
      type: 'AWS::IAM::InstanceProfile',
      id: 'bakery',
      arn: `arn:aws:iam::${ACCOUNT}:instance-profile/bakery`,
      properties: { InstanceProfileName: 'bakery', Path: '/', Roles: ['chief'] },
    },
    {
      type: 'AWS::EC2::Instance',
      id: 'i-0123456789abcdef0',
      arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
      region: 'eu-west-1',
      properties: { IamInstanceProfile: 'bakery', ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' },
    },
  ];
  const found = (resources: readonly string[]) =>
    pathsBy(
      'X04',
      sourcesOfSnapshot(
        accountSnapshot([iam('User', 'baker', '/', document('ssm:SendCommand', resources)), ...chiefs]),
      ),
    );

  test('the document of a command', () => {
    const path = `arn:aws:iam::${ACCOUNT}:user/baker → arn:aws:iam::${ACCOUNT}:role/chief`;
    expect(found([`arn:aws:ec2:*:${ACCOUNT}:instance/*`])).toEqual([]);
    expect(found([`arn:aws:ec2:*:${ACCOUNT}:instance/*`, 'arn:aws:ssm:*:*:document/AWS-Run*'])).toEqual([path]);
  });
});
