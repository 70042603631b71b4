import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RECORD } from '../../src/collect/audit-logs/event-fields.js';
import { countEventTexts } from '../../src/collect/audit-logs/read-audit-logs.js';
import { parseHiveType } from '../../src/collect/aws/athena/hive-type.js';
import { partitionFilter } from '../../src/collect/aws/athena/partition-filter.js';
import { type AthenaRequest, type PreparedQuery, prepareQuery } from '../../src/collect/aws/athena/prepare-query.js';
import { runQuery } from '../../src/collect/aws/athena/run-query.js';
import { type AthenaTable, missingColumns, toAthenaTable } from '../../src/collect/aws/athena/table.js';
import { assumedTable, TABLE_FORMS } from '../../src/collect/aws/athena/table-forms.js';
import { RESOURCE_PARAMETERS, ROLE_PARAMETERS, usageQuery } from '../../src/collect/aws/athena/usage-query.js';
import { RESULT_COLUMNS } from '../../src/collect/aws/athena/usage-rows.js';
import { worldOf } from '../../src/collect/aws/world.js';
import { REQUEST_TRAITS } from '../../src/model/usage.js';
import { type FakeAthenaOptions, fakeAthena } from '../support/fake-athena.js';
import { eventId } from '../support/trail-events.js';
import { trailTable } from '../support/trail-table.js';
import { virtualClock } from './virtual-time.js';

const ACCOUNT = '111122223333';
const RANGE = { from: Date.UTC(2026, 10, 18), to: Date.UTC(2026, 10, 21) };
const ROOT = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/`;

function byParts(isNumber: boolean): AthenaTable {
  const partitionKeys = ['region', 'year', 'month', 'day'].map((name) => ({
    name,
    isNumber: isNumber && name !== 'region',
  }));
  return { ...assumedTable('console', 'logs', 'events'), partitionKeys };
}

/** `UPDATE=1` rewrites the goldens. */
describe('the query', () => {
  const tables: Readonly<Record<string, AthenaTable>> = {
    ...Object.fromEntries(TABLE_FORMS.map((form) => [form, assumedTable(form, 'logs', 'events')])),
    'year-month-day': byParts(false),
    'numbers-of-days': byParts(true),
  };
  test.each(Object.keys(tables))('of a table of the form "%s" is the golden', (name) => {
    const table = tables[name] as AthenaTable;
    const given = new Map(name.includes('day') ? [['region', ['eu-west-1', 'us-east-1']]] : []);
    const range = { from: Date.UTC(2026, 10, 28, 12), to: Date.UTC(2026, 11, 2) };
    const filter = partitionFilter(table, { range, given, partitions: [] });
    const query = 'refusal' in filter ? filter.refusal : usageQuery(table, range, filter.conditions);
    const path = join(import.meta.dirname, `../../fixtures/collect/athena/${name}.sql`);
    if (process.env['UPDATE'] === '1') writeFileSync(path, query);
    expect(query).toBe(readFileSync(path, 'utf8'));
  });
});

test('every parameter of a request that counts in log files is in the query', () => {
  const request = RECORD.fields.find(({ name }) => name === 'requestParameters')?.inside;
  const counted = (request?.fields ?? []).flatMap(({ name, inside }) =>
    inside === undefined ? [name] : inside.fields.map((inner) => `${name}.${inner.name}`),
  );
  expect([...ROLE_PARAMETERS, ...RESOURCE_PARAMETERS, ...REQUEST_TRAITS].sort()).toEqual(counted.sort());
});

describe('types of columns', () => {
  test('are read however they are nested, and what is no type is not', () => {
    expect(parseHiveType('array<struct<ARN:string, accountId:varchar(12)>>')).toEqual({
      kind: 'array',
      of: {
        kind: 'struct',
        fields: new Map([
          ['arn', { kind: 'scalar', name: 'string' }],
          ['accountid', { kind: 'scalar', name: 'varchar(12)' }],
        ]),
      },
    });
    expect(
      ['struct<', 'struct<a:>', 'map<string>', 'string>', '', `${'array<'.repeat(99)}int${'>'.repeat(99)}`].map(
        parseHiveType,
      ),
    ).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  test('that are missing are named', () => {
    const table = toAthenaTable('logs', {
      Table: { Name: 'events', StorageDescriptor: { Columns: [{ Name: 'eventTime', Type: 'bigint' }] } },
    });
    expect(missingColumns(table as AthenaTable).slice(0, 7)).toEqual([
      'awsregion',
      'errorcode',
      'errormessage',
      'eventid',
      'eventname',
      'eventsource',
      'eventtime',
    ]);
  });
});

/** A file of each day at some hours. */
function files(
  days: readonly number[],
  { region = 'eu-west-1', hours = [3, 15], bytes = 1000 } = {},
): Record<string, number> {
  return Object.fromEntries(
    days.flatMap((day) =>
      hours.map((hour) => {
        const [d, h] = [String(day).padStart(2, '0'), String(hour).padStart(2, '0')];
        const name = `${ACCOUNT}_CloudTrail_${region}_202611${d}T${h}15Z_abcdefghijklmnop.json.gz`;
        return [`AWSLogs/${ACCOUNT}/CloudTrail/${region}/2026/11/${d}/${name}`, bytes];
      }),
    ),
  );
}

const REQUEST: AthenaRequest = {
  database: 'logs',
  table: 'events',
  workgroup: 'auditors',
  output: undefined,
  range: RANGE,
  partitions: new Map(),
  maxBytes: 100_000_000_000,
  isFullScan: false,
};

function setUp(options: Partial<FakeAthenaOptions> = {}, interruptAfter = Number.POSITIVE_INFINITY) {
  const fake = fakeAthena({ table: trailTable('projection'), ...options });
  const client = async (call: Parameters<typeof fake.answer>[0]) => {
    const answer = fake.answer(call);
    if (answer === undefined) throw new Error(`The fake has no ${call.client}:${call.operation}.`);
    return answer;
  };
  const world = worldOf(client, virtualClock(), () => 0.5);
  const isInterrupted = () => fake.calls.length >= interruptAfter;
  return { fake, run: { world, region: 'eu-west-1', isInterrupted } };
}

async function prepared(options: Partial<FakeAthenaOptions>, request: Partial<AthenaRequest> = {}) {
  const { run } = setUp(options);
  return prepareQuery(run, { ...REQUEST, ...request });
}

async function refusal(options: Partial<FakeAthenaOptions>, request: Partial<AthenaRequest> = {}): Promise<string> {
  const found = await prepared(options, request);
  return 'refusal' in found ? found.refusal : `not refused: ${JSON.stringify(found).slice(0, 200)}`;
}

async function objectsOf(options: Partial<FakeAthenaOptions>, request: Partial<AthenaRequest> = {}) {
  const found = await prepared(options, request);
  if (!('objects' in found)) throw new Error(JSON.stringify(found));
  return { bytes: found.objects?.bytes, objects: found.objects?.objects };
}

describe('what a query would read', () => {
  const objects = { ...files([1, 17, 18, 19, 20, 21, 22, 23]), ...files([18, 19], { region: 'us-east-1' }) };

  test('of days that are projected is what lies under them', async () => {
    expect(await objectsOf({ objects })).toEqual({ bytes: 8000, objects: 8 });
  });

  test('of accounts and regions that are listed is what lies under those', async () => {
    const table = trailTable('projection', {
      PartitionKeys: [
        { Name: 'account', Type: 'string' },
        { Name: 'region', Type: 'string' },
        { Name: 'timestamp', Type: 'string' },
      ],
      Parameters: {
        'projection.enabled': 'true',
        'projection.account.type': 'enum',
        'projection.account.values': `${ACCOUNT},444455556666`,
        'projection.region.type': 'enum',
        'projection.region.values': 'us-east-1',
        'projection.timestamp.type': 'date',
        'projection.timestamp.format': 'yyyy/MM/dd',
        'projection.timestamp.range': '2026/11/19,NOW',
        'storage.location.template': `s3://trails/AWSLogs/\${account}/CloudTrail/\${region}/\${timestamp}`,
      },
    });
    const digest = { [`AWSLogs/${ACCOUNT}/CloudTrail-Digest/us-east-1/2026/11/19/x.json.gz`]: 7 };
    expect(await objectsOf({ table, objects: { ...objects, ...digest } })).toEqual({ bytes: 2000, objects: 2 });
  });

  const projected = (over: Readonly<Record<string, string>>) => {
    const table = trailTable();
    return { ...table, Parameters: { ...(table['Parameters'] as object), ...over } };
  };

  test.each([
    ['2026/01/01,2026/11/18', 2],
    ['2026/11/20,NOW', 4],
    // Of the clock of these tests, which says 2026-11-22.
    ['NOW-2DAYS,NOW', 4],
    ['NOW-1YEARS,NOW+1DAYS', 8],
  ])('of days that are projected as "%s" is no more than those', async (range, objectCount) => {
    const table = projected({ 'projection.timestamp.range': range });
    expect((await objectsOf({ table, objects })).objects).toBe(objectCount);
  });

  test.each([[{ 'projection.timestamp.range': 'sometimes,NOW' }], [{ 'projection.timestamp.type': 'other' }]])(
    'of a projection such as %j is not known',
    async (over) => {
      const found = await prepared({ table: projected(over), objects }, { isFullScan: true });
      expect(found).toMatchObject({
        objects: undefined,
        notListed: 'it is not known for certain which objects are in it',
      });
    },
  );

  test('of partitions that are named is what lies under those', async () => {
    const table = {
      ...projected({
        'projection.region.type': 'enum',
        'projection.region.values': 'eu-west-1,us-east-1',
        'storage.location.template': `s3://trails/AWSLogs/${ACCOUNT}/CloudTrail/\${region}/\${timestamp}`,
      }),
      PartitionKeys: ['region', 'timestamp'].map((Name) => ({ Name, Type: 'string' })),
    };
    const partitions = new Map([['region', ['us-east-1', 'eu-north-1']]]);
    expect([await objectsOf({ table, objects }), await objectsOf({ table, objects }, { partitions })]).toEqual([
      { bytes: 12_000, objects: 12 },
      { bytes: 4000, objects: 4 },
    ]);
  });

  test('of years that are projected as numbers is no more than those', async () => {
    const partsOf = (years: string) => ({
      ...projected({
        'projection.year.type': 'integer',
        'projection.year.range': years,
        'projection.month.type': 'integer',
        'projection.month.range': '1,12',
        'projection.month.digits': '2',
        'projection.day.type': 'integer',
        'projection.day.range': '1,31',
        'projection.day.digits': '2',
        'storage.location.template': `s3://trails/${ROOT}\${year}/\${month}/\${day}`,
      }),
      PartitionKeys: ['year', 'month', 'day'].map((Name) => ({ Name, Type: 'int' })),
    });
    expect([
      await objectsOf({ table: partsOf('2020,2030'), objects }),
      await objectsOf({ table: partsOf('2020,2025'), objects }),
    ]).toEqual([
      { bytes: 8000, objects: 8 },
      { bytes: 0, objects: 0 },
    ]);
  });

  test('of partitions that were added is what lies under those of the time', async () => {
    const table = trailTable('console', {
      PartitionKeys: ['region', 'year', 'month', 'day'].map((Name) => ({ Name, Type: 'string' })),
    });
    const partitions = Array.from({ length: 130 }, (_, index) => index + 1)
      .filter((day) => day !== 20)
      .map((day) => {
        const date = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10).split('-');
        return { values: ['eu-west-1', ...date], location: `s3://trails/${ROOT}${date.join('/')}` };
      });
    expect(await objectsOf({ table, objects, partitions })).toEqual({ bytes: 6000, objects: 6 });
  });

  test('without days is everything', async () => {
    const request = { isFullScan: true };
    expect(await objectsOf({ table: trailTable('console'), objects }, request)).toEqual({ bytes: 20_000, objects: 20 });
  });
});

describe('a query is refused', () => {
  test('of a table of something else, with one that would do', async () => {
    const said = await refusal({ table: trailTable('console', { StorageDescriptor: { Columns: [] } }) });
    expect(said.split('\n')[0]).toMatch(
      /^The table "logs\.events" is none of CloudTrail's events that can be read: it lacks awsregion, /,
    );
    expect(said).toContain('CREATE EXTERNAL TABLE logs.events (');
  });

  test('that nothing keeps to days', async () => {
    expect((await refusal({ table: trailTable('console') })).split('\n')[0]).toBe(
      'Nothing keeps a query of "logs.events" to days: it would read everything that is there. Use --athena-full-scan, or a table with days:',
    );
  });

  const objects = files([18, 19], { bytes: 60_000_000_000 });
  test.each([
    [
      'that would read too much',
      { objects },
      {},
      'The query would read more than 240 GB, and may read 100 GB: take a shorter time, or use --athena-max-bytes.',
    ],
    [
      'that the workgroup would end',
      { objects: files([18]), workgroup: { BytesScannedCutoffPerQuery: 1500 } },
      {},
      'The query would read 2.0 kB, and the workgroup "auditors" ends queries at 1.5 kB: take a shorter time, or another workgroup.',
    ],
    [
      'of which nobody knows how much it reads',
      { denied: ['s3:ListObjectsV2'] },
      {},
      'How much a query would read is not known (AccessDeniedException: no), and the workgroup "auditors" does not end it at 100 GB: give it such a limit, or use --athena-full-scan.',
    ],
    [
      'whose results have no place',
      { workgroup: { ResultConfiguration: {} } },
      {},
      'The workgroup "auditors" has no place for results: use --athena-output s3://BUCKET/PREFIX/.',
    ],
    [
      'by a key that the table does not have',
      {},
      { partitions: new Map([['region', ['eu-west-1']]]) },
      'The table "logs.events": "region" is not a key of its partitions. They are timestamp.',
    ],
    [
      'by a value that may be something else',
      {},
      { partitions: new Map([['timestamp', ["2026' OR 1=1"]]]) },
      `The table "logs.events": "2026' OR 1=1" is no value of a partition that can be asked for.`,
    ],
    [
      'by partitions that are only there when they are named',
      {
        table: trailTable('projection', {
          PartitionKeys: [{ Name: 'account', Type: 'string' }],
          Parameters: { 'projection.enabled': 'true', 'projection.account.type': 'injected' },
        }),
      },
      {},
      'The table "logs.events": Its partitions have a key "account" whose values it does not list: name them.',
    ],
  ])('%s', async (_, options, request, message) => {
    expect(await refusal(options, request)).toBe(message);
  });

  test('and a permission that is missing is told', async () => {
    expect(await prepared({ denied: ['glue:GetTable'] })).toMatchObject({
      kind: 'failure',
      permission: 'glue:GetTable',
    });
  });
});

function rowOf(values: Readonly<Record<string, string>>): readonly string[] {
  return RESULT_COLUMNS.map((name) => values[name] ?? '');
}

const ID = eventId(1);
const READ = rowOf({
  event_category: 'Management',
  account: ACCOUNT,
  region: 'eu-west-1',
  event_source: 'dynamodb.amazonaws.com',
  event_name: 'DescribeTable',
  who: 'IAMUser',
  who_id: 'AIDAANA',
  sample_arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
  parameters: 'tableName=orders',
  events: '12',
  first_time: '2026-11-18T08:00:00Z',
  last_time: '2026-11-19T08:00:00Z',
  sample_id: ID,
});

async function asked(options: Partial<FakeAthenaOptions>, interruptAfter?: number) {
  const { fake, run } = setUp(
    { names: RESULT_COLUMNS, rows: [READ], objects: files([18, 19, 20]), ...options },
    interruptAfter,
  );
  const query = (await prepareQuery(run, REQUEST)) as PreparedQuery;
  const result = await runQuery(run, REQUEST, query, { countEvents: countEventTexts });
  const operations = fake.calls.map(({ operation }) => operation);
  return { fake, query, result, operations };
}

describe('a query that runs', () => {
  test('gives its rows as counts, and the time of which there are files', async () => {
    const { fake, query, result } = await asked({});
    expect([fake.query() === query.sql, result]).toEqual([
      true,
      {
        log: {
          events: [
            {
              account: ACCOUNT,
              region: 'eu-west-1',
              principal: { kind: 'user', name: `arn:aws:iam::${ACCOUNT}:user/ana`, id: 'AIDAANA' },
              eventSource: 'dynamodb.amazonaws.com',
              eventName: 'DescribeTable',
              resource: `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`,
              traits: [],
              passedRole: undefined,
              outcome: 'succeeded',
              via: undefined,
              people: [],
              count: 12,
              first: '2026-11-18T08:00:00Z',
              last: '2026-11-19T08:00:00Z',
              eventIds: [ID],
            },
          ],
          coverage: [
            {
              account: ACCOUNT,
              region: 'eu-west-1',
              categories: ['management'],
              from: '2026-11-18T03:00:00Z',
              to: '2026-11-20T14:00:00Z',
            },
          ],
          gaps: [],
        },
        scannedBytes: 12_345,
        failure: undefined,
      },
    ]);
  });

  test('covers no time of which there are no files', async () => {
    const { result } = await asked({ objects: files([18, 20], { hours: [3] }) });
    expect(result.log.coverage.map(({ from, to }) => [from, to])).toEqual([]);
    expect(result.log.gaps.map(({ detail }) => detail)).toEqual([
      'There are no files from 2026-11-18T00:00:00Z to 2026-11-21T00:00:00Z.',
    ]);
  });

  test('gives all pages of its rows', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) =>
      READ.with(RESULT_COLUMNS.indexOf('event_name'), `Describe${index}`).with(
        RESULT_COLUMNS.indexOf('sample_id'),
        eventId(index),
      ),
    );
    const { result, operations } = await asked({ rows });
    expect([result.log.events.length, operations.filter((name) => name === 'GetQueryResults').length]).toEqual([
      2500, 3,
    ]);
  });

  test('of which nobody knows what it read covers nothing', async () => {
    const { run } = setUp({ table: trailTable('lake'), names: RESULT_COLUMNS, rows: [READ] });
    const request = { ...REQUEST, isFullScan: true };
    const query = (await prepareQuery(run, request)) as PreparedQuery;
    const { log } = await runQuery(run, request, query, { countEvents: countEventTexts });
    expect([log.events.length, log.coverage, log.gaps.map(({ detail }) => detail)]).toEqual([
      1,
      [],
      [
        'Which accounts, regions and times the table has is not known: it is not known for certain which objects are in it.',
      ],
    ]);
  });

  test.each([
    [
      ['QUEUED', 'RUNNING', 'FAILED'],
      'Query exhausted resources.',
      'The query gave nothing: QueryFailed: Query exhausted resources.',
    ],
    [['RUNNING', 'CANCELLED'], undefined, 'The query gave nothing: QueryCancelled: Athena does not say why.'],
  ])('and ends as %j is a gap, and not no use', async (states, reason, detail) => {
    const { result } = await asked({ states, ...(reason === undefined ? {} : { reason }) });
    expect(result.log).toEqual({
      events: [],
      coverage: [],
      gaps: [{ account: undefined, region: undefined, reason: 'not-collected', detail }],
    });
  });

  test('and whose result is denied is a gap', async () => {
    const { result } = await asked({ denied: ['athena:GetQueryResults'] });
    expect(result.log.gaps).toEqual([
      {
        account: undefined,
        region: undefined,
        reason: 'denied',
        detail: 'The query gave nothing: denied, needs athena:GetQueryResults',
      },
    ]);
  });

  test('is stopped where it is interrupted', async () => {
    const before = (await asked({})).operations.indexOf('GetQueryExecution') + 2;
    const { result, operations } = await asked({ states: ['RUNNING'] }, before);
    expect([operations.at(-1), result.failure?.code, result.log.events]).toEqual([
      'StopQueryExecution',
      'Interrupted',
      [],
    ]);
  });

  test('and has other columns than were asked for is not read', async () => {
    const { result } = await asked({ names: ['account'] });
    expect(result.failure?.message).toBe('The columns of the result are not those that were asked for.');
  });
});
