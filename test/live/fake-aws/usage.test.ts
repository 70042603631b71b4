import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { athenaUsage } from '../../../src/athena-usage.js';
import { RESULT_COLUMNS } from '../../../src/collect/aws/athena/usage-rows.js';
import { type LookupUsageOptions, lookUpUsage } from '../../../src/lookup-usage.js';
import { fakeAthena } from '../../support/fake-athena.js';
import { fakeEventHistory } from '../../support/fake-event-history.js';
import { eventId, trailEvent } from '../../support/trail-events.js';
import { trailTable } from '../../support/trail-table.js';
import { program, run } from '../run.js';
import { type FakeServer, type FakeServerOptions, serveFakeAws } from './server.js';

/** The real clients of the SDK against answers on the wire. */
let server: FakeServer | undefined;
let folder = '';

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'orchard', AWS_SECRET_ACCESS_KEY: 'orchard' });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-usage-'));
});
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const NOW = Date.UTC(2026, 10, 22, 9);

/** Real seconds, told as if it were that day. */
function clock() {
  const startedAt = Date.now();
  return { now: () => NOW + Date.now() - startedAt, sleep: (ms: number) => setTimeout(ms) };
}

const said: string[] = [];
const common = (): Omit<LookupUsageOptions, 'regions' | 'onlyWrites' | 'isConfirmed' | 'progress'> => ({
  workingDirectory: folder,
  access: { region: 'eu-central-1' },
  from: Date.UTC(2026, 10, 20),
  to: NOW,
  environment: { XDG_STATE_HOME: folder },
  clock: clock(),
  random: () => 0.5,
  announce: (text) => void said.push(text),
});

async function serve(options: FakeServerOptions): Promise<void> {
  server = await serveFakeAws(options);
  process.env['AWS_ENDPOINT_URL'] = server.url;
}

describe('the history of events', () => {
  const events = Array.from({ length: 120 }, (_, id) => {
    const event = trailEvent(id * 20);
    return { id: event.eventID, time: event.eventTime, name: 'DescribeTable', text: JSON.stringify(event) };
  });

  function historyOf(regions: readonly string[]) {
    return fakeEventHistory(Object.fromEntries(regions.map((region) => [region, events])));
  }

  test('is read over the wire at the rate that it allows, and only once', async () => {
    const history = historyOf(['eu-central-1', 'me-south-1']);
    await serve({
      others: (call) => (call.operation === 'LookupEvents' ? history.answer(call, Date.now()) : undefined),
    });
    said.length = 0;
    const asked = { regions: ['eu-central-1', 'me-south-1'], onlyWrites: false, isConfirmed: false };
    const first = await lookUpUsage({ ...common(), ...asked });
    const pages = history.pages.get('eu-central-1');
    const second = await lookUpUsage({ ...common(), ...asked });
    expect({
      counted: first.log.events.map(({ eventName, count }) => [eventName, count]),
      ends: [first.exitCode, first.stoppedBy, first.log.coverage.map(({ region }) => region)],
      throttled: history.throttled,
      pages: [pages, history.pages.get('eu-central-1')],
      violations: server?.violations(),
      said: said.length,
    }).toEqual({
      counted: [['DescribeTable', 240]],
      ends: [0, undefined, ['eu-central-1', 'me-south-1']],
      throttled: 0,
      pages: [9, 9],
      violations: 0,
      said: 1,
    });
    expect(second.log).toEqual(first.log);
  });

  test('of a region that is denied is a gap', async () => {
    const history = historyOf(['eu-central-1', 'me-south-1']);
    await serve({
      others: (call) => (call.operation === 'LookupEvents' ? history.answer(call, Date.now()) : undefined),
      faults: [{ operation: 'cloudtrail:LookupEvents', region: 'me-south-1', kind: 'denied' }],
    });
    const result = await lookUpUsage({
      ...common(),
      regions: ['eu-central-1', 'me-south-1'],
      onlyWrites: false,
      isConfirmed: false,
    });
    expect([result.exitCode, result.log.coverage.map(({ region }) => region), result.log.gaps]).toEqual([
      3,
      ['eu-central-1'],
      [
        {
          account: '123456789012',
          region: 'me-south-1',
          reason: 'denied',
          detail:
            'Events from 2026-11-20T00:00:00Z until 2026-11-22T08:00:00Z were not read: denied, needs cloudtrail:LookupEvents.',
        },
      ],
    ]);
  });
});

describe('the program', () => {
  const events = Array.from({ length: 260 }, (_, id) => {
    const event = trailEvent(id * 20);
    return { id: event.eventID, time: event.eventTime, name: 'DescribeTable', text: JSON.stringify(event) };
  });
  const args = ['access', 'usage', '--lookup-events', '--regions', 'eu-central-1', '--state', 'state'];
  const line = [program, ...args, '--from', '2026-11-20', '--to', '2026-11-23', '--format', 'json'];

  test('that is interrupted keeps what it read, and goes on with it', async () => {
    const history = fakeEventHistory({ 'eu-central-1': events });
    await serve({
      others: (call) => (call.operation === 'LookupEvents' ? history.answer(call, Date.now()) : undefined),
    });
    const environment = { ...process.env, AWS_REGION: 'eu-central-1' };
    const child = spawn(process.execPath, line, { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    const pages = () => history.pages.get('eu-central-1') ?? 0;
    // Six to find out how many there are, and three more.
    while (pages() < 9) await setTimeout(50);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    const before = pages();
    const { summary, gaps } = JSON.parse(await run(process.execPath, line, folder, environment));
    expect({
      code,
      said: said.join('').split('\n').slice(1),
      counted: summary.events,
      gaps,
      pages: pages() - before < 12,
    }).toEqual({
      code: 130,
      said: ['trueline: not finished, run it again to go on: interrupted', ''],
      counted: 260,
      gaps: [],
      pages: true,
    });
  });
});

test('Athena is asked over the wire', async () => {
  const key = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/';
  const row: Readonly<Record<string, string>> = {
    account: '111122223333',
    region: 'eu-west-1',
    event_source: 'dynamodb.amazonaws.com',
    event_name: 'DescribeTable',
    who: 'IAMUser',
    sample_arn: 'arn:aws:iam::111122223333:user/ana',
    events: '3',
    first_time: '2026-11-20T01:00:00Z',
    last_time: '2026-11-21T01:00:00Z',
    sample_id: eventId(1),
  };
  const athena = fakeAthena({
    table: trailTable(),
    objects: {
      [`${key}20/111122223333_CloudTrail_eu-west-1_20261120T0015Z_abcdefghijklmnop.json.gz`]: 1200,
      [`${key}20/111122223333_CloudTrail_eu-west-1_20261120T2215Z_abcdefghijklmnop.json.gz`]: 1200,
      [`${key}21/111122223333_CloudTrail_eu-west-1_20261121T1415Z_abcdefghijklmnop.json.gz`]: 1200,
    },
    names: RESULT_COLUMNS,
    rows: Array.from({ length: 1200 }, (_, index) =>
      RESULT_COLUMNS.map((name) =>
        name === 'event_name' ? `Describe${index}` : name === 'sample_id' ? eventId(index) : (row[name] ?? ''),
      ),
    ),
  });
  await serve({ others: (call) => athena.answer(call) });
  said.length = 0;
  const result = await athenaUsage({
    ...common(),
    table: 'logs.events',
    partitions: [],
    workgroup: 'auditors',
    maxBytes: 1e11,
    isFullScan: false,
  });
  expect({
    ends: [result.exitCode, result.stoppedBy, result.log.gaps],
    events: result.log.events.length,
    coverage: result.log.coverage.map(({ from, to }) => [from, to]),
    said,
  }).toEqual({
    ends: [0, undefined, []],
    events: 1200,
    coverage: [['2026-11-20T00:00:00Z', '2026-11-21T13:00:00Z']],
    said: ['the query reads about 3.6 kB in 3 files, which Athena charges by the terabyte'],
  });
});
