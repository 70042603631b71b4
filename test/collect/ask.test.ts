import { describe, expect, test } from 'vitest';
import { type Answer, ask, type Call } from '../../src/collect/aws/ask.js';
import { limitTo, type Pace, paceOf } from '../../src/collect/aws/pace.js';
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

  test('at most so many at once, each in its turn', async () => {
    const limit = limitTo(2);
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
