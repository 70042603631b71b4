import { beforeAll, describe, expect, test } from 'vitest';
import { isComplete } from '../../src/collect/aws/collect-type.js';
import { type Collector, listsOf, operationsOf } from '../../src/collect/aws/collector.js';
import { COLLECTORS, SERVICES } from '../../src/collect/aws/collectors.js';
import type { CoverageState, SnapshotRecord } from '../../src/model/snapshot.js';
import { type CollectedService, collectServices } from './collect-service.js';
import { errorOf, type Fault } from './fake-aws.js';
import { HOLLOW_IS_A_VALUE } from './hollow-answers.js';

/** A fault of one operation, and how the ledger says that the operation ended. */
const FAULTS: Readonly<Record<string, { readonly fault: (call: string) => Fault; readonly state: CoverageState }>> = {
  denied: { fault: (call) => whenever(call, () => errorOf('AccessDenied', 403)), state: 'denied' },
  throttled: { fault: (call) => whenever(call, () => errorOf('ThrottlingException', 400)), state: 'throttled' },
  broken: { fault: (call) => whenever(call, () => errorOf('InternalError', 500)), state: 'failed' },
  unreadable: { fault: (call) => whenever(call, () => errorOf('SyntaxError', 200)), state: 'failed' },
  bodiless: { fault: (call) => whenever(call, () => errorOf('EmptyAnswer', 200)), state: 'failed' },
  hollow: { fault: (call) => whenever(call, () => ({ kind: 'answer', output: {} })), state: 'failed' },
};

const whenever =
  (name: string, answer: () => ReturnType<Fault>): Fault =>
  ({ client, operation }) =>
    `${client}:${operation}` === name ? answer() : undefined;

const whole = new Map<string, CollectedService>();

beforeAll(async () => {
  for (const service of SERVICES) whole.set(service, await collectServices([service]));
});

const cases = COLLECTORS.flatMap((collector) =>
  operationsOf(collector).flatMap(({ call, permission }) =>
    Object.entries(FAULTS).map(([fault, { state }]) => ({ collector, call, permission, fault, state })),
  ),
).filter(({ call, fault }) => fault !== 'hollow' || !HOLLOW_IS_A_VALUE.includes(call));

describe('what fails is a gap, never a value', () => {
  test.each(cases)('$collector.type: $call $fault', async ({ collector, call, permission, fault, state }) => {
    const faulty = await collectServices([collector.service], FAULTS[fault]?.fault(call));
    const lines = faulty.ledger.filter((line) => line.operation === call && line.state !== 'not-opted-in');
    expect(new Set(lines.map((line) => line.state))).toEqual(new Set([state]));
    if (state === 'denied') expect(new Set(lines.map((line) => line.permission))).toEqual(new Set([permission]));
    expect(unexplained(collector, faulty, call, state)).toEqual([]);
  });
});

/** Records that say something else than without the fault, and do not say why. */
function unexplained(
  { service, type }: Collector,
  faulty: CollectedService,
  call: string,
  state: CoverageState,
): readonly string[] {
  const nameOf = (record: SnapshotRecord) => `${record.type} ${record.id}`;
  const seen = withLive(faulty);
  const found = new Map(seen.map((record) => [nameOf(record), record]));
  const main = withLive(whole.get(service)).filter((record) => record.type === type);
  const listed = faulty.ledger.filter((line) => line.operation === call && line.parent === null);
  const isListOpen = listed.some((line) => !isComplete(line.state));
  const isBesideOpen = faulty.records.some(({ gaps }) =>
    gaps.some((gap) => gap.operation === call && gap.path.startsWith('@')),
  );
  const beside = (whole.get(service)?.records ?? []).filter((record) =>
    COLLECTORS.every((one) => one.type !== record.type),
  );
  const lost = beside.filter((record) => !found.has(nameOf(record)) && !isBesideOpen && !isListOpen);
  const changed = main.flatMap((before) => {
    const after = found.get(nameOf(before));
    if (after === undefined) {
      const isItsList = COLLECTORS.some((one) => one.type === type && listsOf(one).some((list) => list.call === call));
      return isItsList && isListOpen ? [] : [`${nameOf(before)} is not there`];
    }
    const own = after.gaps.filter((gap) => gap.operation === call && gap.state === state).map(({ path }) => path);
    const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])];
    return names
      .filter((name) => JSON.stringify(before.properties[name]) !== JSON.stringify(after.properties[name]))
      .filter((name) => after.properties[name] !== undefined || !isCovered(name, after, own))
      .map((name) => `${nameOf(before)}.${name}`);
  });
  return [...changed, ...lost.map((record) => `${nameOf(record)} is not there`)];
}

/** Facts beside the properties, and usage, as properties under the names that gaps have for them. */
function withLive(collected: CollectedService | undefined): readonly SnapshotRecord[] {
  return (collected?.records ?? []).map((record) => {
    const used = collected?.usage.find(
      ({ type, id, region }) => type === record.type && id === record.id && region === record.region,
    );
    const live = Object.entries({ ...record.live, ...used?.live }).map(([name, value]) => [`$${name}`, value]);
    return {
      ...record,
      properties: { ...record.properties, ...Object.fromEntries(live) },
      gaps: [...record.gaps, ...(used?.gaps ?? [])],
    };
  });
}

/** By the fault's own gap, or that of an operation which could not be asked without its answer. */
function isCovered(name: string, after: SnapshotRecord, own: readonly string[]): boolean {
  return own.includes(name) || after.gaps.some((gap) => gap.path === name && gap.state !== 'not-selected');
}

test('only these answers may be hollow', async () => {
  const seen: string[] = [];
  for (const collector of COLLECTORS) {
    for (const { call } of operationsOf(collector)) {
      const { ledger } = await collectServices([collector.service], FAULTS['hollow']?.fault(call));
      if (ledger.some((line) => line.operation === call && line.state === 'collected')) seen.push(call);
    }
  }
  expect([...new Set(seen)].sort()).toEqual(HOLLOW_IS_A_VALUE);
});

describe('lists that end early', () => {
  const paged = COLLECTORS.filter(({ list }) => list?.pages !== undefined);

  test.each(paged)('$type', async ({ type, service, list }) => {
    const call = list?.call ?? '';
    const first = await collectServices([service], (asked) =>
      `${asked.client}:${asked.operation}` === call && asked.input[list?.pages?.input ?? ''] !== undefined
        ? errorOf('InternalError', 500)
        : undefined,
    );
    const before = (whole.get(service)?.records ?? []).filter((record) => record.type === type);
    const after = first.records.filter((record) => record.type === type);
    const line = first.ledger.find((one) => one.operation === call && one.state !== 'not-opted-in');
    const hasPages = (whole.get(service)?.ledger ?? []).some((one) => one.operation === call && one.pages > 1);
    expect(line?.state).toBe(hasPages ? 'truncated' : 'collected');
    expect(after).toEqual(before.filter(({ id }) => after.some((one) => one.id === id)));
  });

  test('a token that comes back, and more without a token', async () => {
    const same = await collectServices(['ec2'], ({ operation }) =>
      operation === 'DescribeVpcs'
        ? { kind: 'answer', output: { Vpcs: [{ VpcId: 'vpc-0a' }], NextToken: 't' } }
        : undefined,
    );
    const lost = await collectServices(['iam'], ({ operation }) =>
      operation === 'ListRoles' ? { kind: 'answer', output: { Roles: [], IsTruncated: true } } : undefined,
    );
    const endings = [...same.ledger, ...lost.ledger]
      .filter(({ state }) => state !== 'collected' && state !== 'not-opted-in')
      .map(({ operation, state, pages, items, code }) => ({ operation, state, pages, items, code }));
    expect(endings).toEqual([
      { operation: 'ec2:DescribeVpcs', state: 'truncated', pages: 2, items: 2, code: 'RepeatedToken' },
      { operation: 'iam:ListRoles', state: 'truncated', pages: 1, items: 0, code: 'MissingToken' },
    ]);
  });
});

test('what is denied of one item is unknown of that one only', async () => {
  const message =
    'User: arn:aws:iam::123456789012:user/auditor is not authorized to perform: kms:GetKeyPolicy on resource: sign';
  const { records, ledger } = await collectServices(['kms'], ({ operation, input }) =>
    operation === 'GetKeyPolicy' && input['KeyId'] === 'sign'
      ? errorOf('AccessDeniedException', 400, message)
      : undefined,
  );
  const gaps = records.map(({ id, gaps }) => ({ id, gaps: gaps.filter(({ state }) => state !== 'not-selected') }));
  expect(gaps).toEqual([
    { id: 'pear', gaps: [] },
    {
      id: 'sign',
      gaps: [
        {
          path: 'KeyPolicy',
          operation: 'kms:GetKeyPolicy',
          state: 'denied',
          permission: 'kms:GetKeyPolicy',
          code: 'AccessDeniedException',
        },
      ],
    },
  ]);
  const lines = ledger.filter(({ operation, region }) => operation === 'kms:GetKeyPolicy' && region === 'eu-central-1');
  expect(lines.map(({ parent, state, items }) => ({ parent, state, items }))).toEqual([
    { parent: null, state: 'collected', items: 1 },
    { parent: 'sign', state: 'denied', items: 0 },
  ]);
});

describe('what an operation says is gone', () => {
  const isGone = (operation: string) =>
    operation === 'GetRepositoryPolicy' ? errorOf('RepositoryNotFoundException', 400) : undefined;

  test('is no record and no gap where the list lacks it as well', async () => {
    const { records, ledger } = await collectServices(['ecr'], ({ operation }, nth) =>
      operation === 'DescribeRepositories' && nth === 2
        ? { kind: 'answer', output: { repositories: [] } }
        : isGone(operation),
    );
    const lines = ledger.filter(({ parent }) => parent !== null);
    expect(records).toEqual([]);
    expect(lines.map(({ parent, state, code }) => ({ parent, state, code }))).toEqual([
      { parent: 'cider', state: 'collected', code: 'gone' },
    ]);
  });

  test('is unknown where the list still has it', async () => {
    const { records } = await collectServices(['ecr'], ({ operation }) => isGone(operation));
    const gaps = records.map(({ id, gaps }) => ({
      id,
      gaps: gaps
        .filter(({ state }) => state !== 'not-selected')
        .map(({ path, state, code }) => ({ path, state, code })),
    }));
    const failed = { state: 'failed', code: 'RepositoryNotFoundException' };
    expect(gaps).toEqual([
      {
        id: 'cider',
        gaps: [
          { path: '$scan_frequency', ...failed },
          { path: 'LifecyclePolicy', ...failed },
          { path: 'RepositoryPolicyText', ...failed },
          { path: 'Tags', ...failed },
        ],
      },
    ]);
  });
});

test('what another list should have and has not is unknown', async () => {
  const { records, ledger } = await collectServices(['ec2'], ({ operation }) =>
    operation === 'DescribeVolumes' ? { kind: 'answer', output: { Volumes: [] } } : undefined,
  );
  const instance = records.find(({ type }) => type === 'AWS::EC2::Instance');
  expect([instance?.properties['BlockDeviceMappings'], instance?.gaps]).toEqual([
    undefined,
    [
      {
        path: 'BlockDeviceMappings',
        operation: 'ec2:DescribeVolumes',
        state: 'failed',
        permission: null,
        code: 'NotListed',
      },
    ],
  ]);
  expect(
    ledger.filter(({ parent }) => parent !== null).map(({ operation, parent, code }) => [operation, parent, code]),
  ).toEqual([['ec2:DescribeVolumes', 'i-0web', 'NotListed']]);
});

test('with credentials of no use nothing more is asked', async () => {
  const { run, records, ledger } = await collectServices(['sns'], ({ operation }) =>
    operation === 'ListTopics' ? errorOf('ExpiredTokenException', 403, 'The security token is expired') : undefined,
  );
  expect({ code: run.stoppedBy?.code, records }).toEqual({ code: 'ExpiredTokenException', records: [] });
  expect(ledger.filter(({ operation }) => operation === 'sns:ListTopics').map(({ state }) => state)).toEqual([
    'not-opted-in',
    'failed',
  ]);
});
