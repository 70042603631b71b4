import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventCounter } from '../../../src/collect/audit-logs/event-counter.js';
import { readLogFile } from '../../../src/collect/audit-logs/read-log-file.js';
import { seenEventsFor } from '../../../src/collect/audit-logs/seen-events.js';
import { event, session, uuid } from '../../support/log-folder.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-documents-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a file's bytes, and gives what became of them. */
async function read(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const path = join(folder, 'log');
  writeFileSync(path, bytes);
  const table = seenEventsFor(1000);
  const file = { path, size: bytes.length, account: undefined, region: undefined };
  const { events, problem, strange, unknownShape, otherVersion, skipped } = await readLogFile(
    file,
    createEventCounter(),
    { now: table, before: seenEventsFor(0) },
  );
  const counts = Object.entries({ strange, unknownShape, otherVersion, skipped }).filter(([, count]) => count > 0);
  return { events, problem, ...Object.fromEntries(counts) };
}

const one = event({ userIdentity: session('press', 'run "7" \\ é\u{1f34e}') });
const two = event({ eventID: uuid(2), requestParameters: { bucketName: 'pears', deep: [[{ a: ['}', ']'] }]] } });
const texts = [one, two].map((record) => JSON.stringify(record));

describe('events are found', () => {
  test.each([
    ['in a log file', `{"Records":[${texts}]}`],
    [
      'with blanks and other members around',
      ` {\n "Digest" : "x", "Records" : [ ${texts.join(' ,\n')} ] , "More" : {"Records": 1} }\n`,
    ],
    ['in a bare list', `[${texts}]`],
    ['on lines', texts.join('\n')],
    ['on lines that end as on Windows', `\ufeff${texts.join('\r\n')}\r\n`],
    ['as texts in a list', JSON.stringify(texts)],
    [
      'in an answer of LookupEvents',
      JSON.stringify({ NextToken: 'n', Events: texts.map((text) => ({ EventId: 'x', CloudTrailEvent: text })) }),
    ],
    [
      'in a list of what LookupEvents gives',
      JSON.stringify(texts.map((text) => ({ EventName: 'x', CloudTrailEvent: text }))),
    ],
    ['in several log files one after the other', `{"Records":[${texts[0]}]}\n{"Records":[${texts[1]}]}`],
  ])('%s', async (_, text) => {
    expect(await read(text)).toEqual({ events: 2, problem: undefined });
    expect(await read(gzipSync(text))).toEqual({ events: 2, problem: undefined });
  });

  test('in a file of several compressed parts', async () => {
    const parts = [`{"Records":[${texts[0]}`, `,${texts[1]}]}`].map((part) => gzipSync(part));
    expect(await read(Buffer.concat(parts))).toEqual({ events: 2, problem: undefined });
  });

  test('in a file that is too large to read as a whole, however it is cut into parts', async () => {
    const many = Array.from({ length: 5000 }, (_, nth) =>
      event({ eventID: uuid(nth), userAgent: 'x"\\'.repeat(nth % 700) }),
    );
    const text = JSON.stringify({ Records: many });
    expect(text.length).toBeGreaterThan(5_000_000);
    expect(await read(text)).toEqual({ events: 5000, problem: undefined });
    expect(await read(gzipSync(text))).toEqual({ events: 5000, problem: undefined });
    expect(await read(gzipSync(text).subarray(0, -5000))).toEqual({ events: expect.any(Number), problem: 'cut' });
  });
});

describe('what is wrong is told, and the rest is counted', () => {
  test.each([
    ['nothing', '', { events: 0, problem: 'empty' }],
    ['blanks', ' \n ', { events: 0, problem: 'empty' }],
    ['no events', '{"Records":[]}', { events: 0, problem: undefined }],
    ['another object', '{"orchard":{"Records":[]}}', { events: 0, problem: undefined, unknownShape: 1 }],
    ['a list of others', '[1,null,"pears",{}]', { events: 0, problem: undefined, strange: 3, unknownShape: 1 }],
    ['no JSON', '<xml>pears</xml>', { events: 0, problem: 'no-json' }],
    ['no JSON, compressed', gzipSync('pears are eaten'), { events: 0, problem: 'no-json' }],
    ['a byte order mark', `\ufeff${texts[0]}`, { events: 1, problem: undefined }],
    ['no JSON inside', `{"Records":[${texts[0]},{pears},${texts[1]}]}`, { events: 1, problem: 'syntax' }],
    [
      'a line that is broken',
      `${texts[0]}\n{"eventVersion":pears"}\n${texts[1]}`,
      { events: 2, problem: undefined, strange: 1 },
    ],
    ['the end is missing', `{"Records":[${texts[0]},${texts[1]}`, { events: 2, problem: 'cut' }],
    [
      'events of version 2',
      JSON.stringify([one, { ...two, eventVersion: '2.0' }]),
      { events: 1, problem: undefined, otherVersion: 1 },
    ],
    ['version 1.02', JSON.stringify([{ ...one, eventVersion: '1.02' }]), { events: 1, problem: undefined }],
    [
      'an event without a time',
      JSON.stringify([one, { ...two, eventTime: 'yesterday' }]),
      { events: 1, problem: undefined, unknownShape: 1 },
    ],
    [
      'an event whose fields are of other types',
      JSON.stringify([{ ...one, eventName: { a: 1 }, userIdentity: 7, resources: 'x', requestParameters: [[1]] }]),
      { events: 1, problem: undefined },
    ],
    [
      'insights',
      JSON.stringify([one, { ...two, eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' }]),
      { events: 1, problem: undefined, skipped: 1 },
    ],
    [
      'events of endpoints',
      JSON.stringify([{ ...one, eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' }]),
      { events: 0, problem: undefined, skipped: 1 },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  test('a file whose compression is corrupt gives what is before', async () => {
    const many = Array.from({ length: 3000 }, (_, nth) =>
      event({ eventID: uuid(nth), userAgent: String(Math.sin(nth)) }),
    );
    const bytes = gzipSync(JSON.stringify({ Records: many }));
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 64);
    const { events, problem } = await read(bytes);
    // What is unpacked last may be anything.
    expect(['corrupt', 'syntax']).toContain(problem);
    expect(events > 100 && events < 3000).toBe(true);
    const wrongSum = gzipSync(`{"Records":[${texts}]}`);
    wrongSum.fill(0x55, wrongSum.length - 8, wrongSum.length - 4);
    // The last 256 bytes are lost with the error behind them.
    expect(await read(wrongSum)).toEqual({ events: 1, problem: 'corrupt' });
  });

  test('what is no file is told', async () => {
    const file = { path: join(folder, 'lost'), size: 1, account: undefined, region: undefined };
    const seen = { now: seenEventsFor(0), before: seenEventsFor(0) };
    expect((await readLogFile(file, createEventCounter(), seen)).problem).toBe('unreadable ENOENT');
  });
});

describe('hostile input ends', () => {
  const text = `{"Records":[${texts}]}`;
  const bytes = Buffer.from(text, 'utf8');

  const counter = createEventCounter();
  const seen = { now: seenEventsFor(0), before: seenEventsFor(0) };

  /** What becomes of a document in parts, the last of which may be empty. */
  const scan = (...parts: readonly Uint8Array[]) => {
    counter.openFile({ account: undefined, region: undefined }, seen);
    const last = parts.map((part, index) => counter.readPart(part, index === parts.length - 1)).at(-1);
    const { events, duplicates } = counter.closeFile();
    return { events: events + duplicates, problem: last?.problem };
  };

  test('cut at each byte it has the events that are whole, and says that it is cut', () => {
    const ends = texts.map((one) => Buffer.byteLength(text.slice(0, text.indexOf(one) + one.length)));
    const lengths = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
    expect(lengths.map((length) => ({ length, ...scan(bytes.subarray(0, length)) }))).toEqual(
      lengths.map((length) => ({ length, events: ends.filter((end) => end <= length).length, problem: 'cut' })),
    );
  });

  test('compressed and cut at each byte it is never whole before its last bytes', async () => {
    const packed = gzipSync(text);
    // Behind the data are eight bytes of a sum and a length.
    for (let length = 1; length < packed.length - 8; length += 7) {
      const { events, problem } = await read(packed.subarray(0, length));
      expect({ length, events: events <= 2, isTold: problem !== undefined || events === 2 }).toEqual({
        length,
        events: true,
        isTold: true,
      });
    }
    expect(await read(packed)).toEqual({ events: 2, problem: undefined });
  });

  test('given in parts that end at each byte it is the same', () => {
    const ends = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
    const read = ends.map((at) => ({ at, ...scan(bytes.subarray(0, at), bytes.subarray(at)) }));
    expect(read).toEqual(ends.map((at) => ({ at, events: 2, problem: undefined })));
    expect(scan(...Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual({
      events: 2,
      problem: undefined,
    });
  });

  test('without any one of its bytes it ends', () => {
    for (let at = 0; at < bytes.length; at++)
      expect(scan(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])).events).toBeLessThanOrEqual(2);
  });

  test.each([
    ['lists in lists', '['.repeat(1_000_000)],
    ['objects in objects', '{"a":'.repeat(1_000_000)],
    ['identities in identities', `{"Records":[{"userIdentity":${'{"sessionContext":'.repeat(300_000)}`],
    [
      'texts of texts',
      `{"Records":[{"CloudTrailEvent":${JSON.stringify(JSON.stringify({ CloudTrailEvent: texts[0] }))}}]}`,
    ],
    ['a string of 20 MB', `{"Records":[{"eventName":"${'x'.repeat(20_000_000)}`],
    ['backslashes', `{"Records":[{"eventName":"${'\\'.repeat(1_000_001)}`],
    ['zeros', '\0'.repeat(1_000_000)],
  ])('%s', async (_, hostile) => {
    expect((await read(hostile)).events).toBeLessThanOrEqual(1);
    expect((await read(gzipSync(hostile))).events).toBeLessThanOrEqual(1);
  });

  test('names of other lengths than AWS has are none', async () => {
    const long = 'x'.repeat(5000);
    expect(await read(JSON.stringify([event({ eventName: long })]))).toEqual({
      events: 0,
      problem: undefined,
      unknownShape: 1,
    });
    expect(await read(JSON.stringify([event({ userIdentity: session(long, long) })]))).toEqual({
      events: 1,
      problem: undefined,
    });
  });
});
