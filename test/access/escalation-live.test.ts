import { expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import { collectedFeeds } from '../../src/collect/aws/feeds.js';
import type { LedgerLine, SnapshotJson, SnapshotRecord } from '../../src/model/snapshot.js';
import { sourcesOfSnapshot } from '../support/access-graph.js';
import { partsOf, readOrchard, sealSnapshot } from '../support/snapshot.js';

const ACCOUNT = '123456789012';
const parts = partsOf(readOrchard());

function record(
  type: string,
  kind: string,
  name: string,
  properties: Readonly<Record<string, SnapshotJson>>,
  live: Readonly<Record<string, SnapshotJson>> = {},
): SnapshotRecord {
  const arn = `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
  const own = { type, id: name, arn, account: ACCOUNT, region: 'global', gaps: [], properties };
  return (Object.keys(live).length === 0 ? own : { ...own, live }) as SnapshotRecord;
}

const document = (...statements: readonly SnapshotJson[]): SnapshotJson => ({
  Version: '2012-10-17',
  Statement: [...statements],
});
const allow = (actions: SnapshotJson, resource: SnapshotJson = '*'): SnapshotJson => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

const user = (name: string, statements: readonly SnapshotJson[], keys: number | undefined) =>
  record(
    'AWS::IAM::User',
    'user',
    name,
    {
      UserName: name,
      Path: '/',
      Groups: [],
      ManagedPolicyArns: [],
      Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
    },
    keys === undefined
      ? {}
      : { access_keys: Array.from({ length: keys }, () => ({ active: true })), password_enabled: false },
  );

const role = (name: string, service: string, managed: readonly string[]) =>
  record('AWS::IAM::Role', 'role', name, {
    RoleName: name,
    Path: '/',
    AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }),
    ManagedPolicyArns: [...managed],
    Policies: [],
  });

/** A snapshot of users and roles in which all of IAM was seen. */
function found(...records: readonly SnapshotRecord[]) {
  return foundWithout([], ...records);
}

/** The same of a snapshot that was made before some types were collected. */
function foundWithout(types: readonly string[], ...records: readonly SnapshotRecord[]) {
  const operations = [...collectedFeeds()].flatMap(([operation, told]) =>
    told.some(({ type }) => type.startsWith('AWS::IAM::')) ? [operation] : [],
  );
  const ledger = operations.map(
    (operation): LedgerLine => ({
      ...{ account: ACCOUNT, region: 'global', operation, state: 'collected', pages: 1, items: 1, permission: null },
      ...{ code: null, message: null, parent: null, attempts: 1, at: '2026-11-22T06:00:00Z' },
    }),
  );
  const files = sealSnapshot({
    header: {
      ...parts.header,
      collectors: Object.fromEntries(
        COLLECTORS.flatMap(({ type, version }) => (types.includes(type) ? [] : [[type, version]])),
      ),
    },
    ledger,
    records: { [`resources/${ACCOUNT}/global.ndjson`]: records },
  });
  const { paths, undecided } = escalationsOf(sourcesOfSnapshot(files));
  return {
    paths: paths.map(({ principal, hops, dependsOn }) => [
      principal,
      ...hops.map(({ technique, to }) => `${technique} ${to}`),
      ...dependsOn,
    ]),
    undecided: undecided.map(({ technique, reason, principals }) => [technique, reason, ...principals]),
  };
}

const CHIEF = [allow('*')];

test('keys and passwords that a snapshot shows decide', () => {
  const making = user('baker', [allow('iam:CreateAccessKey')], undefined);
  expect(found(making, user('chief', CHIEF, 1)).paths).toEqual([
    ['arn:aws:iam::123456789012:user/baker', 'E17 arn:aws:iam::123456789012:user/chief'],
  ]);
  expect(found(making, user('chief', CHIEF, 2)).paths).toEqual([]);
  expect(found(making, user('chief', CHIEF, undefined)).paths).toEqual([
    [
      'arn:aws:iam::123456789012:user/baker',
      'E17 arn:aws:iam::123456789012:user/chief',
      'number of access keys of arn:aws:iam::123456789012:user/chief',
    ],
  ]);
  const changing = user('baker', [allow('iam:UpdateLoginProfile')], undefined);
  expect(found(changing, user('chief', CHIEF, 1)).paths).toEqual([]);
});

const RUNNER = user('baker', [allow(['iam:PassRole', 'ec2:RunInstances'])], 1);
const CHIEF_OF_INSTANCES = role('chief', 'ec2.amazonaws.com', ['arn:aws:iam::aws:policy/AdministratorAccess']);

test('the instance profiles that a snapshot shows decide', () => {
  const profile = record('AWS::IAM::InstanceProfile', 'instance-profile', 'bakery', {
    InstanceProfileName: 'bakery',
    Path: '/',
    Roles: ['chief'],
  });
  expect(found(RUNNER, CHIEF_OF_INSTANCES, profile)).toEqual({
    paths: [['arn:aws:iam::123456789012:user/baker', 'P01 arn:aws:iam::123456789012:role/chief']],
    undecided: [],
  });
  expect(found(RUNNER, CHIEF_OF_INSTANCES)).toEqual({ paths: [], undecided: [] });
});

test('instance profiles that a snapshot was made without are not taken for absent', () => {
  expect(foundWithout(['AWS::IAM::InstanceProfile'], RUNNER, CHIEF_OF_INSTANCES)).toEqual({
    paths: [
      [
        'arn:aws:iam::123456789012:user/baker',
        'P01 arn:aws:iam::123456789012:role/chief',
        'instance profile of arn:aws:iam::123456789012:role/chief: AWS::IAM::InstanceProfile (not-collected)',
      ],
    ],
    undecided: [],
  });
});

test('an instance has no policy of its own, and so none that would have to be seen', () => {
  const commanding = user('baker', [allow('ssm:SendCommand')], 1);
  const chief = role('chief', 'ec2.amazonaws.com', ['arn:aws:iam::aws:policy/AdministratorAccess']);
  const profile = record('AWS::IAM::InstanceProfile', 'instance-profile', 'bakery', {
    InstanceProfileName: 'bakery',
    Path: '/',
    Roles: ['chief'],
  });
  const instance = (profileName: string): SnapshotRecord => ({
    ...record('AWS::EC2::Instance', 'instance', 'i-0123456789abcdef0', {
      IamInstanceProfile: profileName,
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
    }),
    arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
    region: 'eu-west-1',
  });
  expect(found(commanding, chief, profile, instance('bakery')).paths).toEqual([
    ['arn:aws:iam::123456789012:user/baker', 'X04 arn:aws:iam::123456789012:role/chief'],
  ]);
  expect(found(commanding, chief, profile, instance('mill')).paths).toEqual([]);
});

test('what was not collected is not taken for absent', () => {
  const building = user('baker', [allow('codebuild:StartBuild')], 1);
  expect(found(building, CHIEF_OF_INSTANCES)).toMatchInlineSnapshot(`
    {
      "paths": [],
      "undecided": [
        [
          "X10",
          "codebuild:BatchGetProjects (not-collected)",
          "arn:aws:iam::123456789012:user/baker",
        ],
      ],
    }
  `);
});

test('an account id in a trust policy is the account that it is', () => {
  const assuming = user('baker', [allow('sts:AssumeRole')], 1);
  const trusting = (account: string): SnapshotRecord => ({
    ...role('chief', 'ec2.amazonaws.com', ['arn:aws:iam::aws:policy/AdministratorAccess']),
    properties: {
      RoleName: 'chief',
      Path: '/',
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
      }),
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      Policies: [],
    },
  });
  expect(found(assuming, trusting(ACCOUNT)).paths).toEqual([
    ['arn:aws:iam::123456789012:user/baker', 'E22 arn:aws:iam::123456789012:role/chief'],
  ]);
  expect(found(assuming, trusting('999999999999')).paths).toEqual([]);
  expect(found(user('baker', [allow('sqs:TagQueue')], 1), trusting(ACCOUNT)).paths).toEqual([]);
});
