import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/collect/aws/ask.js';
import { type HourCounts, hourFolder } from '../../src/collect/aws/lookup-events/hours.js';
import type { LookupRun } from '../../src/collect/aws/lookup-events/lookup-range.js';
import {
  estimateLookup,
  type LookupWindow,
  lookUpRegions,
  lookupRange,
} from '../../src/collect/aws/lookup-events/lookup-regions.js';
import { mergeEventCounts } from '../../src/collect/aws/lookup-events/merge-counts.js';
import { worldOf } from '../../src/collect/aws/world.js';
import type { EventCount } from '../../src/model/usage.js';
import { type FakeHistoryOptions, fakeEventHistory, type HistoryEvent } from '../support/fake-event-history.js';
import { virtualClock } from './virtual-time.js';

const ACCOUNT = '123456789012';
const END = Date.UTC(2026, 10, 22, 8);
const HOUR = 3_600_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-lookup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `count` events, so many seconds apart, the last just before the end. */
function events(count: number, everySeconds: number, name = 'CreateRole', isWrite = true): readonly HistoryEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    time: new Date(END - 1000 - index * everySeconds * 1000).toISOString().replace('.000Z', 'Z'),
    name,
    isWrite,
  }));
}

function countOf(eventName: string, first: string, eventIds: readonly string[], region = 'eu-west-1'): EventCount {
  return {
    account: ACCOUNT,
    region,
    principal: { kind: 'role', name: `arn:aws:iam::${ACCOUNT}:role/baker`, id: undefined },
    eventSource: 'iam.amazonaws.com',
    eventName,
    resource: undefined,
    traits: [],
    passedRole: undefined,
    outcome: 'succeeded',
    via: undefined,
    people: [],
    count: 1,
    first,
    last: first,
    eventIds,
  };
}

function countTexts(texts: readonly string[]): HourCounts {
  const read = texts.flatMap((text) => {
    try {
      return [JSON.parse(text) as { eventID: string; eventTime: string; eventName: string }];
    } catch {
      return [];
    }
  });
  const counts = read.map(({ eventID, eventTime, eventName }) => countOf(eventName, eventTime, [eventID]));
  return { events: mergeEventCounts(counts), unread: texts.length - read.length };
}

interface Setting extends FakeHistoryOptions {
  readonly hours?: number;
  readonly onlyWrites?: boolean;
  readonly interruptAfter?: number;
  readonly share?: number;
  readonly refuse?: (region: string, page: number) => string | undefined;
}

function setUp(regions: Readonly<Record<string, readonly HistoryEvent[]>>, setting: Setting = {}) {
  const clock = virtualClock(END + HOUR);
  const history = fakeEventHistory(regions, setting);
  let asked = 0;
  const client: Client = async (call) => {
    asked += 1;
    const code = setting.refuse?.(call.region, (history.pages.get(call.region) ?? 0) + 1);
    if (code !== undefined) return { kind: 'error', code, message: `${code} here`, status: 400 };
    return history.answer(call, clock.now());
  };
  const run: LookupRun = {
    world: worldOf(client, clock, () => 0.5, { quotaShare: setting.share ?? 0.5 }),
    hours: hourFolder(folder),
    countEvents: countTexts,
    onlyWrites: setting.onlyWrites ?? false,
    isInterrupted: () => asked >= (setting.interruptAfter ?? Number.POSITIVE_INFINITY),
  };
  const window: LookupWindow = {
    account: ACCOUNT,
    regions: Object.keys(regions),
    range: { from: END - (setting.hours ?? 48) * HOUR, to: END },
  };
  return { run, window, history, clock };
}

const total = (counts: readonly EventCount[]) => counts.reduce((sum, { count }) => sum + count, 0);

describe('looking events up', () => {
  test('counts each of a region once, page by page', async () => {
    const { run, window, history } = setUp({ 'eu-west-1': events(430, 300) });
    const { log, stoppedBy } = await lookUpRegions(run, window);
    expect({ log, stoppedBy, pages: history.pages.get('eu-west-1') }).toEqual({
      log: {
        events: [
          {
            ...countOf('CreateRole', '2026-11-20T20:14:59Z', []),
            count: 430,
            last: '2026-11-22T07:59:59Z',
            eventIds: ['CreateRole-0', 'CreateRole-1', 'CreateRole-2', 'CreateRole-3', 'CreateRole-4'],
          },
        ],
        coverage: [
          {
            account: ACCOUNT,
            region: 'eu-west-1',
            categories: ['management'],
            isHistory: true,
            from: '2026-11-20T08:00:00Z',
            to: '2026-11-22T08:00:00Z',
          },
        ],
        gaps: [],
      },
      stoppedBy: undefined,
      pages: 9,
    });
  });

  test('asks an empty region once, and knows that it is empty', async () => {
    const { run, window, history } = setUp({ 'eu-west-1': [] });
    const { log } = await lookUpRegions(run, window);
    expect([log.events, log.coverage.length, log.gaps, history.pages.get('eu-west-1')]).toEqual([[], 1, [], 1]);
  });

  test('keeps to its share of two calls a second', async () => {
    const { run, window, history, clock } = setUp({ 'eu-west-1': events(1000, 60), 'us-east-1': events(500, 60) });
    const before = clock.now();
    await lookUpRegions(run, window);
    const seconds = Math.round((clock.now() - before) / 1000);
    expect([history.throttled, history.pages.get('eu-west-1'), seconds]).toEqual([0, 20, 19]);
  });

  test('goes on slower where the service says that it is too fast', async () => {
    const { run, window, history } = setUp({ 'eu-west-1': events(1000, 60) }, { share: 1, perSecond: 1 });
    const { log } = await lookUpRegions(run, window);
    expect([total(log.events), log.gaps, history.throttled > 0]).toEqual([1000, [], true]);
  });

  test('begins the list again where a token has grown old, and counts nothing twice', async () => {
    const { run, window } = setUp({ 'eu-west-1': events(1000, 60) }, { tokenPages: 3 });
    const { log } = await lookUpRegions(run, window);
    expect([total(log.events), log.gaps]).toEqual([1000, []]);
  });

  test('begins again amid events of one second', async () => {
    const burst = events(170, 0, 'AssumeRole');
    const { run, window } = setUp({ 'eu-west-1': [...burst, ...events(100, 60)] }, { tokenPages: 4 });
    const { log } = await lookUpRegions(run, window);
    expect([total(log.events), log.gaps]).toEqual([270, []]);
  });

  test('takes a page whose order is another', async () => {
    const { run, window } = setUp({ 'eu-west-1': events(1000, 60) }, { isShuffled: true, tokenPages: 3 });
    const { log } = await lookUpRegions(run, window);
    expect([total(log.events), log.coverage.length]).toEqual([1000, 1]);
  });

  test('of what writes says nothing of what reads', async () => {
    const mixed = [...events(60, 60), ...events(60, 60, 'ListRoles', false)];
    const { run, window } = setUp({ 'eu-west-1': mixed }, { onlyWrites: true });
    const { log } = await lookUpRegions(run, window);
    expect([log.events.map(({ eventName, count }) => [eventName, count]), log.coverage, log.gaps]).toEqual([
      [['CreateRole', 60]],
      [
        {
          account: ACCOUNT,
          region: 'eu-west-1',
          categories: ['management'],
          from: '2026-11-20T08:00:00Z',
          to: '2026-11-22T08:00:00Z',
          isHistory: true,
          onlyWrites: true,
        },
      ],
      [
        {
          account: ACCOUNT,
          region: 'eu-west-1',
          reason: 'not-collected',
          detail: 'Events that only read were not asked for.',
        },
      ],
    ]);
  });

  test('that cannot be read leaves the hour out of what was seen', async () => {
    const [first, ...rest] = events(3, 3600);
    const { run, window } = setUp({ 'eu-west-1': [{ ...(first as HistoryEvent), text: 'no JSON' }, ...rest] });
    const { log } = await lookUpRegions(run, window);
    expect([total(log.events), log.coverage.map(({ to }) => to), log.gaps.map(({ reason }) => reason)]).toEqual([
      2,
      ['2026-11-22T07:00:00Z'],
      ['corrupt'],
    ]);
  });
});

describe('a region that is denied', () => {
  test('is a gap, and not a region without events', async () => {
    const refuse = (region: string) => (region === 'us-east-1' ? 'AccessDeniedException' : undefined);
    const { run, window } = setUp({ 'eu-west-1': events(10, 60), 'us-east-1': events(10, 60) }, { refuse });
    const { log } = await lookUpRegions(run, window);
    expect([log.coverage.map(({ region }) => region), log.gaps]).toEqual([
      ['eu-west-1'],
      [
        {
          account: ACCOUNT,
          region: 'us-east-1',
          reason: 'denied',
          detail:
            'Events from 2026-11-20T08:00:00Z until 2026-11-22T08:00:00Z were not read: denied, needs cloudtrail:LookupEvents.',
        },
      ],
    ]);
  });
});

describe('a run that ends early', () => {
  test('keeps the hours that it read, and the next asks for the others only', async () => {
    const regions = { 'eu-west-1': events(1000, 60) };
    const first = setUp(regions, { interruptAfter: 10 });
    const early = await lookUpRegions(first.run, first.window);
    const second = setUp(regions);
    const whole = await lookUpRegions(second.run, second.window);
    const third = setUp(regions);
    await lookUpRegions(third.run, third.window);
    expect({
      coverage: early.log.coverage.map(({ from, to }) => [from, to]),
      gaps: early.log.gaps.map(({ reason, detail }) => [reason, detail]),
      early: total(early.log.events),
      whole: total(whole.log.events),
      pages: [first, second, third].map(({ history }) => history.pages.get('eu-west-1')),
    }).toEqual({
      coverage: [['2026-11-22T01:00:00Z', '2026-11-22T08:00:00Z']],
      gaps: [
        [
          'not-collected',
          'Events from 2026-11-20T08:00:00Z until 2026-11-22T01:00:00Z were not read: it was interrupted.',
        ],
      ],
      early: 420,
      whole: 1000,
      pages: [10, 12, undefined],
    });
  });

  test('for its credentials have expired stops in every region', async () => {
    const refuse = (_: string, page: number) => (page > 5 ? 'ExpiredTokenException' : undefined);
    const { run, window } = setUp({ 'eu-west-1': events(1000, 60), 'us-east-1': events(1000, 60) }, { refuse });
    const { log, stoppedBy } = await lookUpRegions(run, window);
    expect([stoppedBy?.code, log.coverage.length, log.gaps.map(({ reason }) => reason)]).toEqual([
      'ExpiredTokenException',
      2,
      ['not-collected', 'not-collected'],
    ]);
  });

  test('while it writes leaves a line that is cut off, whose hour is read again', async () => {
    const regions = { 'eu-west-1': events(1000, 60) };
    const first = setUp(regions, { interruptAfter: 10 });
    await lookUpRegions(first.run, first.window);
    const [newest = ''] = readdirSync(join(folder, 'eu-west-1')).sort().reverse();
    const path = join(folder, 'eu-west-1', newest);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -5));
    const second = setUp(regions);
    const { log } = await lookUpRegions(second.run, second.window);
    expect([total(log.events), log.gaps, second.history.pages.get('eu-west-1')]).toEqual([1000, [], 13]);
  });

  test('reads again what a broken file had', async () => {
    const regions = { 'eu-west-1': events(1000, 60) };
    const first = setUp(regions);
    await lookUpRegions(first.run, first.window);
    const [newest = ''] = readdirSync(join(folder, 'eu-west-1')).sort().reverse();
    const path = join(folder, 'eu-west-1', newest);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100));
    const second = setUp(regions);
    const { log } = await lookUpRegions(second.run, second.window);
    expect([total(log.events), log.gaps, second.history.pages.get('eu-west-1')]).toEqual([1000, [], 10]);
  });
});

test('what the history has lost meanwhile is not taken for nothing', async () => {
  const clock = virtualClock(END + HOUR);
  const { run, window, history } = setUp({ 'eu-west-1': events(300, 60) });
  const from = END + HOUR - 90 * 24 * HOUR;
  const client: Client = async (call) => {
    await clock.sleep(HOUR);
    return history.answer(call, clock.now());
  };
  const world = worldOf(client, clock, () => 0.5, { quotaShare: 0.5 });
  const { log } = await lookUpRegions({ ...run, world }, { ...window, range: { from, to: END } });
  expect([total(log.events), log.coverage.map((one) => one.from), log.gaps.map(({ detail }) => detail)]).toEqual([
    300,
    ['2026-08-24T15:00:00Z'],
    [
      'Events from 2026-08-24T09:00:00Z until 2026-08-24T15:00:00Z were not read: the history did not have them any more when it came to them.',
    ],
  ]);
});

describe('the estimate', () => {
  test('is near what there is, after a few calls', async () => {
    const { run, window, history } = setUp({ 'eu-west-1': events(2880, 60), 'us-east-1': [] });
    const { events: about, mostPages, regions } = await estimateLookup(run, window);
    expect([about > 2600 && about < 3200, mostPages > 52 && mostPages < 64, regions]).toEqual([true, true, 1]);
    expect(history.pages.get('eu-west-1')).toBe(6);
  });
});

test('the window is what the history has, in whole hours', () => {
  const now = Date.UTC(2026, 10, 22, 9, 30);
  const told = ({ from, to }: { from: number; to: number }) => [from, to].map((ms) => new Date(ms).toISOString());
  expect([
    told(lookupRange({ from: now - 90 * 24 * HOUR, to: now }, now)),
    told(lookupRange({ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 9, 1, 0, 1) }, now)),
    told(lookupRange({ from: now, to: now }, now)),
  ]).toEqual([
    ['2026-08-24T22:00:00.000Z', '2026-11-22T08:00:00.000Z'],
    ['2026-08-24T22:00:00.000Z', '2026-10-01T01:00:00.000Z'],
    ['2026-11-22T09:00:00.000Z', '2026-11-22T09:00:00.000Z'],
  ]);
});

test('more resources than are kept are told as one, however they are put together', () => {
  const counts = Array.from({ length: 70 }, (_, index) => ({
    ...countOf('GetObject', '2026-11-22T07:00:00Z', [`id-${index}`]),
    resource: `arn:aws:s3:::orchard/${index}`,
  }));
  const whole = mergeEventCounts(counts);
  const parts = mergeEventCounts([...mergeEventCounts(counts.slice(0, 66)), ...mergeEventCounts(counts.slice(66))]);
  const told = (merged: readonly EventCount[]) => merged.map(({ resource, count }) => [resource, count]);
  expect([whole.length, told(whole).at(0), told(parts)]).toEqual([65, ['*', 6], told(whole)]);
});
