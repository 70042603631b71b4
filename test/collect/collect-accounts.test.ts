import { describe, expect, test } from 'vitest';
import type { AccountTarget } from '../../src/collect/aws/accounts.js';
import type { Answer, Call, Client } from '../../src/collect/aws/ask.js';
import { type Store, type Unit, withEveryLine } from '../../src/collect/aws/collect-account.js';
import { type AccountClosing, collectAccounts } from '../../src/collect/aws/collect-accounts.js';
import type { Collected } from '../../src/collect/aws/collect-type.js';
import { operationsOf } from '../../src/collect/aws/collector.js';
import { collectorsOf } from '../../src/collect/aws/collectors.js';
import { placeOf } from '../../src/collect/aws/listing.js';
import type { Clock } from '../../src/collect/aws/pace.js';
import { quotaClass, quotaOf } from '../../src/collect/aws/quotas.js';
import { worldOf } from '../../src/collect/aws/world.js';
import type { LedgerLine } from '../../src/model/snapshot.js';
import { KEY } from './collect-service.js';
import { errorOf, fakeAws } from './fake-aws.js';
import { virtualClock } from './virtual-time.js';

const ROLE_OF_THE_BASE = 'arn:aws:iam::000000000000:user/auditor';
const LATENCY_MS = 80;

interface Asked {
  readonly account: string;
  readonly call: Call;
  readonly at: number;
}

/** An organization of orchards, and what was seen of who reads it. */
function organization(size: number, answers: (account: string, call: Call, nth: number) => Answer | undefined) {
  const clock = virtualClock();
  const targets = Array.from({ length: size }, (_, index): AccountTarget => {
    const id = String(100_000_000_000 + index);
    return { id, name: `orchard ${index}`, roleArn: `arn:aws:iam::${id}:role/auditor` };
  });
  const seen = { open: 0, mostOpen: 0, inFlight: 0, mostInFlight: 0, held: 0, mostHeld: 0, mostOfOne: 0 };
  const asked: Asked[] = [];
  const closed = new Map<string, AccountClosing & { readonly collected: readonly Collected[] }>();
  const units = new Map<string, Map<string, Collected>>();
  const nameOf = ({ region, type }: Unit) => `${region} ${type}`;
  const clientOf = (account: string): Client => {
    const { client } = fakeAws();
    let [nth, ofOne] = [0, 0];
    return async (call) => {
      seen.inFlight += 1;
      ofOne += 1;
      seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
      seen.mostOfOne = Math.max(seen.mostOfOne, ofOne);
      asked.push({ account, call, at: clock.now() });
      await clock.sleep(LATENCY_MS);
      seen.inFlight -= 1;
      ofOne -= 1;
      nth += 1;
      if (call.operation === 'GetCallerIdentity')
        return answers(account, call, nth) ?? { kind: 'answer', output: { Account: account, Arn: 'arn:aws:sts:::x' } };
      return answers(account, call, nth) ?? client(call);
    };
  };
  const storeOf = (account: string): Store => {
    const own = units.get(account) ?? new Map<string, Collected>();
    units.set(account, own);
    return {
      read: (unit) => own.get(nameOf(unit)),
      write: (unit, collected) => {
        own.set(nameOf(unit), collected);
        seen.held += 1;
        seen.mostHeld = Math.max(seen.mostHeld, units.size);
      },
    };
  };
  const run = (base?: Client, isInterrupted = () => false) =>
    collectAccounts({
      targets,
      scope: {
        partition: 'aws',
        home: 'eu-central-1',
        regions: [],
        collectors: collectorsOf(['sqs', 's3'], []),
        notSelected: [],
        key: KEY,
      },
      stores: {
        isClosed: (account) => closed.has(account),
        of: storeOf,
        close: (account, closing) => {
          const own = units.get(account);
          const collected = closing.units.flatMap((unit) => own?.get(nameOf(unit)) ?? []);
          closed.set(account, {
            ...closing,
            collected: collected.map(({ ledger }) => ({ ledger, records: [], usage: [] })),
          });
          units.delete(account);
        },
      },
      clock,
      random: () => 0.5,
      quotaShare: 0.25,
      base: worldOf(base ?? clientOf('000000000000'), clock, () => 0.5),
      open: async ({ id }) => {
        seen.open += 1;
        const closeOne = () => {
          seen.open -= 1;
        };
        seen.mostOpen = Math.max(seen.mostOpen, seen.open);
        return { client: clientOf(id), close: closeOne };
      },
      isInterrupted,
    });
  return { clock, targets, seen, asked, closed, run };
}

function ledgerOf(closing: { readonly ledger: readonly LedgerLine[]; readonly collected: readonly Collected[] }) {
  return [...closing.ledger, ...closing.collected.flatMap(({ ledger }) => ledger)];
}

describe('1,000 accounts', () => {
  test('are all read, within what is granted and what memory holds; each planned operation has its line', async () => {
    let nth = 0;
    const orchard = organization(1000, () => {
      nth += 1;
      return nth % 10 === 0 ? errorOf('ThrottlingException', 400) : undefined;
    });
    expect(await orchard.run()).toBeUndefined();
    const { seen, closed, asked } = orchard;
    expect([closed.size, seen.mostOpen, seen.mostHeld, seen.open]).toEqual([1000, 48, 48, 0]);
    expect([seen.mostInFlight <= 64, seen.mostOfOne <= 8]).toEqual([true, true]);
    const planned = [
      'sts:AssumeRole',
      'ec2:DescribeRegions',
      ...collectorsOf(['sqs', 's3'], [])
        .flatMap(operationsOf)
        .map(({ call }) => call),
    ];
    const missing = [...closed.values()].flatMap((closing) => {
      const told = new Set(ledgerOf(closing).map(({ operation }) => operation));
      return planned.filter((call) => call !== 'sts:AssumeRole' && call !== 's3:GetBucketLocation' && !told.has(call));
    });
    expect(missing).toEqual([]);
    expect(mostOverQuota(asked)).toBeLessThanOrEqual(1);
    expect(new Set([...closed.values()].flatMap((one) => ledgerOf(one).map(({ state }) => state)))).toEqual(
      new Set(['collected', 'not-opted-in']),
    );
  }, 60_000);
});

/** The most that any bucket of any account was asked of in ten seconds, of a quarter of what is granted. */
function mostOverQuota(asked: readonly Asked[]): number {
  const buckets = new Map<string, { readonly allowed: number; readonly times: number[] }>();
  for (const { account, call, at } of asked) {
    const { perSecond, burst } = quotaOf(call.client, call.operation);
    const key = `${account} ${call.region} ${quotaClass(call.client, call.operation)}`;
    const allowed = (perSecond * 10 + burst) * 0.25;
    const bucket = buckets.get(key) ?? { allowed, times: [] };
    bucket.times.push(at);
    buckets.set(key, bucket);
  }
  let most = 0;
  for (const { allowed, times } of buckets.values()) {
    let from = 0;
    for (const [index, at] of times.entries()) {
      while ((times[from] ?? at) <= at - 10_000) from += 1;
      most = Math.max(most, (index - from + 1) / allowed);
    }
  }
  return most;
}

describe('an account', () => {
  test('whose role cannot be taken on is one line, and the others are read', async () => {
    const denial = errorOf(
      'AccessDenied',
      403,
      `User: ${ROLE_OF_THE_BASE} is not authorized to perform: sts:AssumeRole`,
    );
    const { run, closed } = organization(3, (account, { operation }) =>
      account === '100000000001' && operation === 'GetCallerIdentity' ? denial : undefined,
    );
    expect(await run()).toBeUndefined();
    expect(
      [...closed].map(([id, { status, units }]) => [id, status ?? 'as its ledger says', units.length > 0]),
    ).toEqual(
      expect.arrayContaining([
        ['100000000000', 'as its ledger says', true],
        ['100000000001', 'unreachable', false],
        ['100000000002', 'as its ledger says', true],
      ]),
    );
    const [line] = closed.get('100000000001')?.ledger ?? [];
    expect(line).toEqual({
      account: '100000000001',
      region: 'global',
      operation: 'sts:AssumeRole',
      state: 'unreachable',
      pages: 0,
      items: 0,
      permission: 'sts:AssumeRole',
      code: 'AccessDenied',
      message: `User: ${ROLE_OF_THE_BASE} is not authorized to perform: sts:AssumeRole`,
      parent: null,
      attempts: 1,
      at: line?.at,
    });
  });

  test('whose role is one of another account is not reached', async () => {
    const { run, closed } = organization(1, (_, { operation }) =>
      operation === 'GetCallerIdentity' ? { kind: 'answer', output: { Account: '999999999999' } } : undefined,
    );
    expect(await run()).toBeUndefined();
    expect(closed.get('100000000000')?.ledger.map(({ state, code, message }) => ({ state, code, message }))).toEqual([
      { state: 'unreachable', code: 'OtherAccount', message: 'The role is one of the account 999999999999.' },
    ]);
  });

  test('of which the session is refused has failed, while the base is good', async () => {
    const { run, closed } = organization(2, (account, { operation }) =>
      account === '100000000001' && operation === 'ListQueues' ? errorOf('ExpiredToken', 400) : undefined,
    );
    expect(await run()).toBeUndefined();
    expect([...closed].map(([id, { status }]) => [id, status]).sort()).toEqual([
      ['100000000000', undefined],
      ['100000000001', 'failed'],
    ]);
  });
});

describe('all of it', () => {
  test('ends where the credentials that the roles are taken on with have expired', async () => {
    const expired = errorOf('ExpiredToken', 403, 'The security token has expired');
    const { run, closed } = organization(200, (_, { operation }) => (operation === 'ListQueues' ? expired : undefined));
    expect(await run(async () => expired)).toMatchObject({ code: 'ExpiredToken' });
    expect(closed.size).toBe(0);
  });

  test('ends where it is interrupted', async () => {
    const calls: Call[] = [];
    const { run, closed } = organization(200, (_, call) => void calls.push(call));
    expect(await run(undefined, () => calls.length > 1000)).toBeUndefined();
    expect(closed.size).toBeLessThan(100);
  });
});

test('an operation of which no line says how it ended was not asked, which is a gap', () => {
  const [queue] = collectorsOf(['sqs'], []);
  if (queue?.list === undefined) throw new Error('A queue is listed.');
  const scope = { partition: 'aws', account: '100000000000', region: 'eu-central-1', home: 'eu-central-1' };
  const place = placeOf(
    worldOf(fakeAws().client, virtualClock(), () => 0.5),
    scope,
  );
  const line = place.line(queue.list, { state: 'collected', pages: 1, items: 0, attempts: 1 });
  const { ledger } = withEveryLine({ records: [], usage: [], ledger: [line] }, queue, place);
  expect(ledger.map(({ operation, state, code }) => [operation, state, code])).toEqual([
    ['sqs:ListQueues', 'collected', null],
    ['sqs:GetQueueAttributes', 'failed', 'NotAsked'],
    ['sqs:ListQueueTags', 'failed', 'NotAsked'],
  ]);
});

test('a clock that goes on by itself wakes who sleeps in order', async () => {
  const clock: Clock = virtualClock(0);
  const log: string[] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms);
    log.push(`${name} ${clock.now()}`);
  };
  await Promise.all([sleep('late', 500), sleep('early', 20), sleep('next', 20)]);
  expect(log).toEqual(['early 20', 'next 20', 'late 500']);
});
