import { describe, expect, test } from 'vitest';
import { type Answer, ask, type Call } from '../../src/collect/aws/ask.js';
import { gateOf, type Limit, type Pace, paceKey, paceOf } from '../../src/collect/aws/pace.js';
import { ALL_QUOTAS } from '../../src/collect/aws/quotas.js';
import { errorOf, fakeAws, fakeClock, fakeWorld } from './fake-aws.js';

const OPERATION = { call: 's3:ListBuckets', permission: 's3:ListAllMyBuckets' };
const CALL: Call = { client: 's3', operation: 'ListBuckets', region: 'eu-central-1', input: {} };
const ANSWER: Answer = { kind: 'answer', output: { Buckets: [] } };

/** Asks a service that answers in this order, the last one for ever. */
async function askFor(...answers: readonly Answer[]) {
  const clock = fakeClock();
  const { client, calls } = fakeAws((_, nth) => answers[Math.min(nth, answers.length) - 1]);
  const world = fakeWorld(client, clock);
  const ending = await ask(world, OPERATION, CALL);
  return { ending, calls: calls.length, slept: clock.slept, world };
}

describe('how an answer ends', () => {
  const denial = 'User: arn:aws:iam::1:user/a is not authorized to perform: s3:Other on resource: "x"';

  test.each([
    ['AccessDenied', 403, 'no', { state: 'denied', permission: 's3:ListAllMyBuckets', code: 'AccessDenied', calls: 1 }],
    [
      'UnauthorizedOperation',
      403,
      denial,
      { state: 'denied', permission: 's3:Other', code: 'UnauthorizedOperation', calls: 1 },
    ],
    ['Forbidden', 403, 'no', { state: 'denied', permission: 's3:ListAllMyBuckets', code: 'Forbidden', calls: 1 }],
    ['SlowDown', 503, 'no', { state: 'throttled', permission: null, code: 'SlowDown', calls: 10 }],
    [
      'RequestLimitExceeded',
      503,
      'no',
      { state: 'throttled', permission: null, code: 'RequestLimitExceeded', calls: 10 },
    ],
    ['InternalError', 500, 'no', { state: 'failed', permission: null, code: 'InternalError', calls: 4 }],
    ['ECONNRESET', undefined, 'no', { state: 'failed', permission: null, code: 'ECONNRESET', calls: 4 }],
    ['TimeoutError', undefined, 'no', { state: 'failed', permission: null, code: 'TimeoutError', calls: 4 }],
    ['ENOTFOUND', undefined, 'no', { state: 'failed', permission: null, code: 'ENOTFOUND', calls: 4 }],
    ['Odd', 502, 'no', { state: 'failed', permission: null, code: '502 Odd', calls: 4 }],
    ['ValidationException', 400, 'no', { state: 'failed', permission: null, code: 'ValidationException', calls: 1 }],
    ['OptInRequired', 403, 'no', { state: 'not-opted-in', permission: null, code: 'OptInRequired', calls: 1 }],
    ['ExpiredToken', 400, 'no', { state: 'failed', permission: null, code: 'ExpiredToken', calls: 1 }],
    ['InvalidAccessKeyId', 403, 'no', { state: 'failed', permission: null, code: 'InvalidAccessKeyId', calls: 1 }],
    ['RequestTimeTooSkewed', 403, 'no', { state: 'failed', permission: null, code: 'RequestTimeTooSkewed', calls: 2 }],
    ['RequestInTheFuture', 403, 'no', { state: 'failed', permission: null, code: 'RequestInTheFuture', calls: 2 }],
    ['RequestExpired', 403, 'no', { state: 'failed', permission: null, code: 'RequestExpired', calls: 2 }],
    [
      'SignatureDoesNotMatch',
      403,
      'no',
      { state: 'failed', permission: null, code: 'SignatureDoesNotMatch', calls: 2 },
    ],
  ])('%s, %s', async (code, status, message, expected) => {
    const { ending, calls } = await askFor({ kind: 'error', code, message, status });
    if (ending.kind !== 'failure') throw new Error('It was answered.');
    expect({ state: ending.state, permission: ending.permission, code: ending.code, calls }).toEqual(expected);
  });

  test('an error that passes is no error', async () => {
    const { ending, calls } = await askFor(errorOf('InternalError', 500), errorOf('SlowDown', 503), ANSWER);
    expect({ ending, calls }).toEqual({ ending: { ...ANSWER, attempts: 3 }, calls: 3 });
  });

  test('after credentials of no use nothing is sent', async () => {
    const { world, calls } = await askFor(errorOf('ExpiredToken', 400));
    const ending = await ask(world, OPERATION, CALL);
    expect({ calls, ending }).toEqual({
      calls: 1,
      ending: {
        kind: 'failure',
        state: 'failed',
        code: 'ExpiredToken',
        message: 'ExpiredToken',
        permission: null,
        attempts: 0,
      },
    });
  });
});

test('what waits for a token when the credentials are found to be of no use ends as well', async () => {
  const { client } = fakeAws(() => errorOf('ExpiredToken', 400));
  const world = fakeWorld(client);
  const endings = await Promise.all(Array.from({ length: 100 }, () => ask(world, OPERATION, CALL)));
  expect(new Set(endings.map((ending) => (ending.kind === 'failure' ? ending.code : ending.kind)))).toEqual(
    new Set(['ExpiredToken']),
  );
});

test('a region other than the one that accepted the credentials does not end it', async () => {
  const { client } = fakeAws(({ region }) =>
    region === 'me-south-1' ? errorOf('UnrecognizedClientException', 400) : ANSWER,
  );
  const world = { ...fakeWorld(client), home: 'eu-central-1' };
  const endings = [
    await ask(world, OPERATION, { ...CALL, region: 'me-south-1' }),
    await ask(world, OPERATION, CALL),
  ].map((ending) => (ending.kind === 'failure' ? ending.state : ending.kind));
  expect({ endings, stoppedBy: world.stoppedBy }).toEqual({ endings: ['failed', 'answer'], stoppedBy: undefined });
});

test('every quota says where it is from, and when it was looked up', () => {
  const wrong = ALL_QUOTAS.filter(
    ([, { source, page, asOf }]) =>
      (source === 'documented') !== (page?.startsWith('https://docs.aws.amazon.com/') ?? false) ||
      !/^\d{4}-\d\d-\d\d$/.test(asOf),
  );
  expect(wrong).toEqual([]);
});

describe('pace', () => {
  const take = async (pace: Pace, key: string) => {
    await pace.keep(key);
    pace.spend(key);
  };

  test('a quarter of the quota, and never more', async () => {
    const clock = fakeClock(0);
    const pace = paceOf(clock, 0.25);
    const at: number[] = [];
    for (let i = 0; i < 30; i++) {
      await take(pace, 'iam:@global');
      at.push(clock.now());
    }
    // 20 at once and 10 a second, of which a quarter: 5, and then 2.5 a second.
    expect(at.filter((ms) => ms === 0)).toHaveLength(5);
    for (const ms of at)
      expect(at.filter((other) => other > ms - 1000 && other <= ms).length).toBeLessThanOrEqual(5 + 3);
    expect(at.at(-1)).toBeGreaterThanOrEqual((25 / 2.5) * 1000);
  });

  test('a token whose call waits for something else is not filled up again', async () => {
    const clock = fakeClock(0);
    const pace = paceOf(clock, 0.25);
    for (let i = 0; i < 5; i++) await pace.keep('iam:@global');
    await clock.sleep(60_000);
    const sixth = pace.keep('iam:@global');
    for (let i = 0; i < 5; i++) pace.spend('iam:@global');
    await sixth;
    expect(clock.now()).toBe(60_401);
  });

  test('slower after a throttled answer, and up again with each that is not', async () => {
    const clock = fakeClock(0);
    const pace = paceOf(clock, 1);
    const wait = async () => {
      const before = clock.now();
      await take(pace, 'iam:@global');
      return clock.now() - before;
    };
    pace.slowDown('iam:@global');
    expect(await wait()).toBe(144);
    for (let i = 0; i < 20; i++) pace.slowDown('iam:@global');
    expect(await wait()).toBe(1601);
    for (let i = 0; i < 20; i++) pace.speedUp('iam:@global');
    expect(await wait()).toBe(101);
  });

  test('services and regions have tokens of their own', async () => {
    const clock = fakeClock(0);
    const pace = paceOf(clock, 0.05);
    for (const key of ['iam:@global', 's3:@eu-central-1', 's3:@eu-west-1', 'ec2:DescribeVpcs@eu-central-1'])
      await take(pace, key);
    expect(clock.slept).toEqual([]);
  });

  test('a share of what is granted is taken of each operation that is granted by itself', async () => {
    const clock = fakeClock(0);
    const pace = paceOf(clock, 0.5);
    const tokensAtOnce = async (key: string) => {
      const before = clock.slept.length;
      let count = 0;
      while (clock.slept.length === before) {
        await take(pace, key);
        count += 1;
      }
      return count - 1;
    };
    expect([
      await tokensAtOnce(paceKey('ec2', 'DescribeVpcs', 'eu-central-1')),
      await tokensAtOnce(paceKey('ec2', 'DescribeVolumes', 'eu-central-1')),
      await tokensAtOnce(paceKey('kms', 'ListGrants', 'eu-central-1')),
      await tokensAtOnce(paceKey('iam', 'ListRoles', 'eu-central-1')),
      await tokensAtOnce(paceKey('iam', 'GetAccountSummary', 'eu-central-1')),
    ]).toEqual([50, 50, 50, 10, 0]);
  });

  test('accounts take turns, however much one of them has to ask', async () => {
    const gate = gateOf(2);
    const log: string[] = [];
    const ask = (limit: Limit, name: string) =>
      limit(async () => {
        log.push(name);
        await new Promise((resolve) => setTimeout(resolve, 1));
      });
    const [apples, pears, plums] = [gate.lane(8), gate.lane(8), gate.lane(1)];
    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((name) => ask(apples, name)),
      ...['b1', 'b2'].map((name) => ask(pears, name)),
      ...['c1', 'c2'].map((name) => ask(plums, name)),
    ]);
    expect(log).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'c2', 'a5', 'a6']);
  });

  test('at most so many at once, each in its turn', async () => {
    const limit = gateOf(8).lane(2);
    const log: string[] = [];
    let running = 0;
    const run = (name: string) =>
      limit(async () => {
        running += 1;
        log.push(`${name}:${running}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
      });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(run));
    expect(log.map((line) => line.split(':')[0])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(Math.max(...log.map((line) => Number(line.split(':')[1])))).toBe(2);
  });
});
