import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findLogFiles } from '../../../src/collect/audit-logs/log-files.js';
import { mergeUsageLogs } from '../../../src/collect/audit-logs/merge-usage-logs.js';
import { parseUsageFile, renderUsageFile } from '../../../src/collect/audit-logs/usage-file.js';
import { seededRandom } from '../../bench/generate-logs.js';
import { event, type LogContent, logPath, readLogs, session, uuid } from '../../support/log-folder.js';
import { coverage, eventCount, usageLog } from '../../support/usage-log.js';

const place = { account: '111122223333', region: 'eu-west-1' };

/** The time that files cover, and what is missing. */
async function timeOf(files: Readonly<Record<string, LogContent>>) {
  const { log } = await readLogs(files);
  return {
    coverage: log.coverage.map(
      ({ account, region, categories, from, to }) => `${account} ${region} ${categories} ${from} ${to}`,
    ),
    gaps: log.gaps.map(({ account, region, reason, detail }) => `${account} ${region} ${reason}: ${detail}`),
  };
}

describe('folders as S3 has them', () => {
  test('of an organization, with a prefix, many accounts and regions; what is beside the logs is left out', async () => {
    const other = { account: '444455556666', region: 'us-east-1' };
    const beside = (folder: string) => `AWSLogs/111122223333/${folder}/eu-west-1/2026/11/22/x.json.gz`;
    const organization = logPath('20261122T1000Z', other).replace('AWSLogs/', 'central/AWSLogs/o-pears/');
    const { log, facts } = await readLogs({
      [logPath('20261122T0930Z', { prefix: 'trail' })]: [event()],
      [organization]: [
        event({
          eventID: uuid(2),
          recipientAccountId: other.account,
          awsRegion: other.region,
          eventCategory: 'Data',
          managementEvent: false,
        }),
      ],
      [organization.replace('T1000Z', 'T1300Z')]: [],
      [beside('CloudTrail-Insight')]: 'not read',
      [beside('CloudTrail-NetworkActivity')]: 'not read',
      [beside('elasticloadbalancing')]: 'not read',
      'trail/README.txt': 'not read',
    });
    expect(facts).toEqual({ files: 3, events: 2, duplicates: 0, skipped: 0 });
    expect(log.events.map(({ account, region, count }) => [account, region, count])).toEqual([
      ['111122223333', 'eu-west-1', 1],
      ['444455556666', 'us-east-1', 1],
    ]);
    expect(log.coverage).toEqual([
      { ...other, categories: ['data'], from: '2026-11-22T10:00:00Z', to: '2026-11-22T12:00:00Z' },
    ]);
  });

  test('what does not exist cannot be read', () => {
    expect(findLogFiles(['/lost'])).toEqual({
      logs: [],
      digests: [],
      unreadable: [{ path: '/lost', why: 'ENOENT' }],
      ignored: 0,
    });
  });
});

describe('the time that is covered', () => {
  test('ends an hour before the last file, and a day without files is a gap', async () => {
    expect(
      await timeOf({
        [logPath('20261101T0000Z')]: [event()],
        [logPath('20261101T2355Z')]: [],
        [logPath('20261103T0000Z')]: [],
        [logPath('20261103T0600Z')]: [],
      }),
    ).toEqual({
      coverage: [
        '111122223333 eu-west-1 management 2026-11-01T00:00:00Z 2026-11-01T22:55:00Z',
        '111122223333 eu-west-1 management 2026-11-03T00:00:00Z 2026-11-03T05:00:00Z',
      ],
      gaps: [
        '111122223333 eu-west-1 not-collected: There are no files from 2026-11-01T23:55:00Z to 2026-11-03T00:00:00Z, and no digest says that there were none.',
      ],
    });
  });

  const digestPath =
    'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/03/111122223333_CloudTrail-Digest_eu-west-1_pears_eu-west-1_20261103T000000Z.json.gz';
  const digest = (files: readonly string[]) =>
    gzipSync(
      JSON.stringify({
        digestStartTime: '2026-11-01T12:00:00Z',
        digestEndTime: '2026-11-03T00:00:00Z',
        logFiles: files.map((s3Object) => ({ s3Object })),
      }),
    );

  test('goes on where a digest says that there were no other files', async () => {
    expect(
      await timeOf({
        [logPath('20261101T0000Z')]: [event()],
        [logPath('20261103T0600Z')]: [],
        [digestPath]: digest([logPath('20261103T0600Z')]),
      }),
    ).toEqual({ coverage: ['111122223333 eu-west-1 management 2026-11-01T00:00:00Z 2026-11-03T05:00:00Z'], gaps: [] });
  });

  test('is without the hour of a file that a digest lists and that is not there, and of one that is damaged', async () => {
    expect(
      await timeOf({
        [logPath('20261101T0000Z')]: [event()],
        [logPath('20261101T1200Z')]: '{"Records":[',
        [logPath('20261103T0600Z')]: [],
        [digestPath]: digest([logPath('20261102T0000Z')]),
      }),
    ).toEqual({
      coverage: [
        '111122223333 eu-west-1 management 2026-11-01T00:00:00Z 2026-11-01T11:00:00Z',
        '111122223333 eu-west-1 management 2026-11-01T12:15:00Z 2026-11-01T23:00:00Z',
        '111122223333 eu-west-1 management 2026-11-02T00:15:00Z 2026-11-03T05:00:00Z',
      ],
      gaps: [
        `111122223333 eu-west-1 cut: "${logPath('20261101T1200Z')}" is cut off: 0 events before that are counted.`,
        `111122223333 eu-west-1 missing-file: "111122223333_CloudTrail_eu-west-1_20261102T0000Z_AAAAAAAAAAAAAAA1.json.gz", which "${digestPath}" lists, is not there.`,
      ],
    });
  });

  describe('with hashes in digests', () => {
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const records = (events: readonly unknown[]) => JSON.stringify({ Records: events });
    const nameAt = (hour: string) => digestPath.replace('20261103T000000Z', `20261102T${hour}0000Z`);
    const textAt = (hour: string, files: Readonly<Record<string, string>>, previous?: readonly [string, string]) =>
      JSON.stringify({
        digestStartTime: `2026-11-02T${String(Number(hour) - 1).padStart(2, '0')}:00:00Z`,
        digestEndTime: `2026-11-02T${hour}:00:00Z`,
        previousDigestS3Object: previous?.[0] ?? null,
        previousDigestHashValue: previous === undefined ? null : sha256(previous[1]),
        logFiles: Object.entries(files).map(([s3Object, content]) => ({
          s3Object,
          hashValue: sha256(content),
          hashAlgorithm: 'SHA-256',
        })),
      });
    const [early, late] = [logPath('20261102T0930Z'), logPath('20261102T1130Z')];
    const first = textAt('10', { [early]: records([event()]) });
    const second = textAt('11', {}, [nameAt('10'), first]);
    const third = textAt('12', { [late]: records([]) }, [nameAt('11'), second]);
    const read = (changes: Readonly<Record<string, LogContent | undefined>>) => {
      const all: Readonly<Record<string, LogContent | undefined>> = {
        [early]: gzipSync(records([event()])),
        [late]: gzipSync(records([])),
        [nameAt('10')]: first,
        [nameAt('11')]: second,
        [nameAt('12')]: third,
        ...changes,
      };
      const files = Object.entries(all).flatMap(([path, content]) => (content === undefined ? [] : [[path, content]]));
      return timeOf(Object.fromEntries(files));
    };
    const whole = ['111122223333 eu-west-1 management 2026-11-02T09:00:00Z 2026-11-02T11:00:00Z'];

    test('goes over an hour in which nothing happened', async () => {
      expect(await read({})).toEqual({ coverage: whole, gaps: [] });
    });

    test('is without the hour of a file that was changed', async () => {
      expect(await read({ [early]: gzipSync(records([])) })).toEqual({
        coverage: ['111122223333 eu-west-1 management 2026-11-02T09:45:00Z 2026-11-02T11:00:00Z'],
        gaps: [
          `111122223333 eu-west-1 changed-file: "${early}", which "${nameAt('10')}" lists, has other contents than it says.`,
        ],
      });
    });

    test('is not proven by a digest that was changed', async () => {
      expect(await read({ [nameAt('11')]: second.replace('[]', '[ ]') })).toEqual({
        coverage: whole,
        gaps: [
          `111122223333 eu-west-1 digest: "${nameAt('11')}" is not as "${nameAt('12')}" says that it was: it proves nothing.`,
        ],
      });
    });

    test('names a digest that is not there', async () => {
      const name = nameAt('11').split('/').at(-1);
      expect(await read({ [nameAt('11')]: undefined })).toEqual({
        coverage: whole,
        gaps: [`111122223333 eu-west-1 digest: "${name}", which comes before "${nameAt('12')}", is not there.`],
      });
    });

    test('counts a digest that was written later', async () => {
      const backfill = nameAt('10').replace('.json.gz', '_backfill.json.gz');
      expect(
        await read({ [nameAt('10')]: undefined, [backfill]: textAt('10', { [early]: records([event()]) }) }),
      ).toEqual({
        coverage: whole,
        gaps: [
          `111122223333 eu-west-1 digest: "${nameAt('10').split('/').at(-1)}", which comes before "${nameAt('11')}", is not there.`,
        ],
      });
    });
  });

  test('is not known of files of other names', async () => {
    expect(
      await timeOf({ 'logs/november.json': [event()], 'logs/december.json': [event({ eventID: uuid(2) })] }),
    ).toEqual({
      coverage: [],
      gaps: [
        'undefined undefined no-window: 2 files are not named as CloudTrail names them: what is in them counts, and what is not in them proves nothing.',
      ],
    });
  });
});

test('each that is not as it should be is said once', async () => {
  const path = logPath('20261122T0930Z');
  const { gaps } = await timeOf({
    [path]: [
      event({ recipientAccountId: '444455556666' }),
      event({ eventID: uuid(2), awsRegion: 'us-east-1' }),
      event({ eventID: uuid(3), eventVersion: '2.0' }),
      event({ eventID: uuid(4), eventName: undefined }),
      'pears',
    ],
  });
  expect(gaps).toEqual([
    `111122223333 eu-west-1 event-version: "${path}" has 1 event of a version that is not 1.`,
    `111122223333 eu-west-1 other-place: 1 event in "${path}" is of 111122223333, us-east-1.`,
    `111122223333 eu-west-1 other-place: 1 event in "${path}" is of 444455556666, eu-west-1.`,
    `111122223333 eu-west-1 unknown-shape: "${path}" has 2 events of a shape that is not known.`,
  ]);
});

/** Many events of few principals on many resources; some are there twice. */
function manyEvents(): readonly Record<string, unknown>[] {
  const random = seededRandom(7);
  const events = Array.from({ length: 3000 }, (_, nth) => {
    const role = `app${Math.floor(random() * 3)}`;
    const key = `crate-${Math.floor(random() ** 2 * 200)}`;
    return event({
      eventID: uuid(nth),
      eventTime: `2026-11-22T0${Math.floor(random() * 8)}:${10 + Math.floor(random() * 50)}:00Z`,
      eventName: random() < 0.5 ? 'GetObject' : 'PutObject',
      requestParameters: random() < 0.1 ? null : { bucketName: 'pears', key },
      userIdentity: session(role, `run-${Math.floor(random() * 90)}`, {
        accessKeyId: `ASIA${Math.floor(random() * 40)}`,
      }),
    });
  });
  return [...events, ...events.slice(0, 500)];
}

/** Puts events into files in an order. */
function shuffled(events: readonly Record<string, unknown>[], seed: number, files: number): Record<string, LogContent> {
  const random = seededRandom(seed);
  const parts: Record<string, unknown>[][] = Array.from({ length: files }, () => []);
  for (const one of events) parts[Math.floor(random() * files)]?.push(one);
  const named = parts.map((part, nth) => [
    logPath(nth === 0 ? '20261122T0000Z' : '20261122T0900Z', { nth, prefix: `p${Math.floor(random() * 9)}` }),
    part.sort(() => random() - 0.5),
  ]);
  return Object.fromEntries(named);
}

test('the order of files and events does not matter', async () => {
  const events = manyEvents();
  const { log } = await readLogs(shuffled(events, 1, 5));
  expect(log.events.reduce((sum, { count }) => sum + count, 0)).toBe(3000);
  expect(new Set(log.events.map(({ resource }) => resource)).has('*')).toBe(true);
  for (const seed of [2, 3, 4]) expect((await readLogs(shuffled(events, seed, 5))).log).toEqual(log);
});

describe('counts of several sources', () => {
  test('put together are those of all at once, but for which of the last events are named', async () => {
    const events = manyEvents().slice(0, 3000);
    const whole = (await readLogs(shuffled(events, 1, 4))).log;
    const halves = [events.slice(0, 1500), events.slice(1500)].map((half) => readLogs(shuffled(half, 1, 4)));
    const merged = mergeUsageLogs((await Promise.all(halves)).map(({ log }) => log));
    const withoutIds = ({ events, ...log }: typeof whole) => ({
      ...log,
      // The halves are of the same time: that they are no copies nobody knows.
      gaps: log.gaps.filter(({ reason }) => reason !== 'maybe-twice'),
      events: events.map((one) => ({ ...one, eventIds: [] })),
    });
    expect(withoutIds(merged)).toEqual(withoutIds(whole));
  });

  test('count once what an id shows to be the same, and say where others may be', () => {
    const one = eventCount('kms Encrypt', { eventIds: ['a', 'b'], count: 7, people: ['ana'] });
    const more = { ...one, eventIds: ['b', 'c'], count: 9, people: ['ben'], last: '2026-11-03T05:00:00Z' };
    const other = { ...one, eventIds: ['d'], count: 2 };
    const counts = (...logs: (typeof one)[]) => {
      const { events, gaps } = mergeUsageLogs(logs.map((event) => usageLog([event])));
      return { counts: events.map(({ count, people, eventIds }) => [count, people, eventIds]), gaps };
    };
    expect(counts(one, more)).toEqual({ counts: [[9, ['ana', 'ben'], ['a', 'b', 'c']]], gaps: [] });
    expect(counts(one, other)).toEqual({
      counts: [[9, ['ana'], ['a', 'b', 'd']]],
      gaps: [
        {
          account: '111122223333',
          region: 'eu-west-1',
          reason: 'maybe-twice',
          detail: 'Several sources have events of the same time: some of them may be counted twice.',
        },
      ],
    });
    const later = { ...other, first: '2026-11-04T05:00:00Z', last: '2026-11-04T05:00:00Z' };
    expect(counts(one, later).gaps).toEqual([]);
  });

  test('of two accounts are put together by account', () => {
    const [first, second] = ['111122223333', '444455556666'].map((account) =>
      usageLog([eventCount('kms Encrypt', { account })], { coverage: [coverage({ account })] }),
    );
    const merged = mergeUsageLogs([first, second].flatMap((log) => log ?? []));
    expect(merged.events.map(({ account, count }) => [account, count])).toEqual([
      ['111122223333', 1],
      ['444455556666', 1],
    ]);
    expect(merged.coverage.map(({ account }) => account)).toEqual(['111122223333', '444455556666']);
    expect(merged.gaps).toEqual([]);
  });

  test('cover what any of them covers', () => {
    const stretch = (from: number, to: number) => ({
      ...place,
      categories: ['management'] as const,
      from: `2026-11-0${from}T00:00:00Z`,
      to: `2026-11-0${to}T00:00:00Z`,
    });
    const log = (from: number, to: number) => ({
      events: [],
      coverage: [stretch(from, to)],
      gaps: [{ ...place, reason: 'denied', detail: 'Once.' }],
    });
    expect(mergeUsageLogs([log(5, 7), log(1, 2), log(2, 4)])).toEqual({
      events: [],
      coverage: [stretch(1, 4), stretch(5, 7)],
      gaps: [{ ...place, reason: 'denied', detail: 'Once.' }],
    });
  });
});

describe('a file of usage', () => {
  test('gives what was written', async () => {
    const { log } = await readLogs(shuffled(manyEvents(), 1, 3));
    expect(parseUsageFile([...renderUsageFile(log)].join(''))).toEqual(log);
    const empty = { events: [], coverage: [], gaps: [] };
    expect(parseUsageFile([...renderUsageFile(empty)].join(''))).toEqual(empty);
  });

  test.each([
    ['', 'is no JSON'],
    ['[]', 'is no file of usage'],
    ['{"kind":"usage-log","schemaVersion":9}', 'is of the version 9, which this release does not read'],
    ['{"kind":"usage-log","schemaVersion":1}', 'is broken: "events" is no list'],
    ['{"kind":"usage-log","schemaVersion":1,"events":[{}],"coverage":[],"gaps":[]}', 'is broken: "events[0]"'],
    [
      '{"kind":"usage-log","schemaVersion":1,"events":[],"coverage":[{"account":"1","region":"r","categories":["x"],"from":"","to":""}],"gaps":[]}',
      'is broken: "coverage[0]"',
    ],
    ['{"kind":"usage-log","schemaVersion":1,"events":[],"coverage":[],"gaps":[7]}', 'is broken: "gaps[0]"'],
  ])('%j is none', (text, problem) => {
    expect(parseUsageFile(text)).toEqual({ problem });
  });
});
