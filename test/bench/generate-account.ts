import { createHash } from 'node:crypto';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import { collectedFeeds } from '../../src/collect/aws/feeds.js';
import {
  SNAPSHOT_SCHEMA,
  type SnapshotHeader,
  type SnapshotJson,
  type SnapshotRecord,
} from '../../src/model/snapshot.js';

const ACCOUNT = '111122223333';
const AT = '2026-11-22T06:00:00Z';

/** Numbers that look random and are the same each time. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SERVICES = ['s3', 'sqs', 'sns', 'dynamodb', 'logs', 'ec2', 'ecr', 'kinesis', 'ssm', 'cloudwatch'] as const;
const VERBS = ['Get*', 'List*', 'Describe*', 'Put*', 'Create*', 'Delete*', 'Update*', '*'] as const;
const TRUSTED = ['lambda', 'ec2', 'ecs-tasks', 'codebuild', 'glue', 'states'] as const;

/** A snapshot's files: an account of so many roles, and 2.5 times as many policies, with a user a hundred roles. */
export function accountFiles(roles: number): Map<string, string> {
  const random = randomOf(roles);
  const policies = Math.round(roles * 2.5);
  const records: SnapshotRecord[] = [];
  const arnOf = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
  const add = (type: string, id: string, arn: string, properties: Readonly<Record<string, SnapshotJson>>) =>
    records.push({ type, id, arn, account: ACCOUNT, region: 'global', properties, gaps: [] } as SnapshotRecord);
  for (let index = 0; index < policies; index++) {
    const name = `policy-${index}`;
    const arn = arnOf('policy', name);
    add('AWS::IAM::ManagedPolicy', arn, arn, {
      ManagedPolicyName: name,
      Path: '/',
      PolicyDocument: { Version: '2012-10-17', Statement: statementsOf(index, random, roles) },
    });
  }
  for (let index = 0; index < roles; index++) {
    const name = `role-${index}`;
    const attached = Array.from({ length: 1 + random(4) }, () => arnOf('policy', `policy-${random(policies)}`));
    add('AWS::IAM::Role', name, arnOf('role', name), {
      RoleName: name,
      Path: '/',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trustOf(index, random, roles)] },
      ManagedPolicyArns:
        index % 100 === 0 ? [...attached, 'arn:aws:iam::aws:policy/AdministratorAccess'] : [...new Set(attached)],
      Policies: [],
    });
  }
  for (let index = 0; index < roles / 100; index++) {
    const name = `user-${index}`;
    add('AWS::IAM::User', name, arnOf('user', name), {
      UserName: name,
      Path: '/',
      Groups: [],
      ManagedPolicyArns: [arnOf('policy', `policy-${random(policies)}`)],
      Policies: [],
    });
  }
  return sealed(records);
}

function statementsOf(index: number, random: (below: number) => number, roles: number): SnapshotJson[] {
  const statements: SnapshotJson[] = [];
  for (let count = 1 + random(3); count > 0; count--) {
    const service = SERVICES[random(SERVICES.length)] ?? 's3';
    statements.push({
      Effect: 'Allow',
      Action: [`${service}:${VERBS[random(VERBS.length)]}`, `${service}:${VERBS[random(VERBS.length)]}`],
      Resource: random(3) === 0 ? '*' : `arn:aws:${service}:*:${ACCOUNT}:orders-${random(50)}*`,
    });
  }
  if (index % 20 === 0)
    statements.push({ Effect: 'Deny', Action: 's3:Delete*', Resource: `arn:aws:s3:::orders-${random(50)}/*` });
  if (index % 25 === 0)
    statements.push(
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: random(2) === 0 ? '*' : `arn:aws:iam::${ACCOUNT}:role/role-${random(10)}*`,
      },
      { Effect: 'Allow', Action: ['lambda:*', 'glue:*', 'states:*'], Resource: '*' },
    );
  if (index % 10 === 0)
    statements.push({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: `arn:aws:iam::${ACCOUNT}:role/role-${random(roles)}`,
    });
  return statements;
}

function trustOf(index: number, random: (below: number) => number, roles: number): SnapshotJson {
  const kind = index % 3;
  const service = TRUSTED[random(TRUSTED.length)] ?? 'lambda';
  const principal: SnapshotJson =
    kind === 0
      ? { Service: `${service}.amazonaws.com` }
      : kind === 1
        ? { AWS: `arn:aws:iam::${ACCOUNT}:root` }
        : { AWS: `arn:aws:iam::${ACCOUNT}:role/role-${random(roles)}` };
  return { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal };
}

function sealed(records: readonly SnapshotRecord[]): Map<string, string> {
  const operations = [...collectedFeeds()].flatMap(([operation, told]) =>
    told.some(({ type }) => type.startsWith('AWS::IAM::') || type.startsWith('aws_iam_')) ? [operation] : [],
  );
  const ledger = operations.map((operation) => ({
    ...{ account: ACCOUNT, region: 'global', operation, state: 'collected', pages: 1, items: 1 },
    ...{ permission: null, code: null, message: null, parent: null, attempts: 1, at: AT },
  }));
  const texts = new Map([
    [`resources/${ACCOUNT}/global.ndjson`, lines(records)],
    ['ledger.ndjson', lines(ledger)],
  ]);
  const files: Record<string, { lines: number; sha256: string }> = {};
  for (const [name, text] of texts)
    files[name] = { lines: text.split('\n').length - 1, sha256: createHash('sha256').update(text).digest('hex') };
  const header: SnapshotHeader = {
    kind: 'trueline-snapshot',
    schema: SNAPSHOT_SCHEMA,
    minReader: 1,
    tool: '0.0.0',
    provider: 'aws',
    partition: 'aws',
    startedAt: AT,
    finishedAt: AT,
    caller: { arn: `arn:aws:iam::${ACCOUNT}:user/auditor`, account: ACCOUNT },
    accounts: [{ id: ACCOUNT, name: null, status: 'complete', resources: records.length }],
    regions: [],
    selection: { only: [], skip: [], regions: 'all-enabled' },
    collectors: Object.fromEntries(COLLECTORS.map(({ type, version }) => [type, version])),
    secretKey: { id: 'k1:00', algorithm: 'hmac-sha256-80' },
    files,
  };
  return texts.set('snapshot.json', `${JSON.stringify(header, null, 2)}\n`);
}

function lines(list: readonly object[]): string {
  return list.map((one) => `${JSON.stringify(one)}\n`).join('');
}
