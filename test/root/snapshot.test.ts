import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SnapshotHeader } from '../../src/model/snapshot.js';
import { type SnapshotOptions, snapshotAws } from '../../src/snapshot.js';
import { errorOf, type Fault, fakeAws, fakeClock } from '../collect/fake-aws.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-snapshot-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function take(options: Partial<SnapshotOptions> = {}, fault?: Fault) {
  const { client, calls } = fakeAws(fault);
  const taken = snapshotAws({
    workingDirectory: folder,
    output: 'live',
    regions: [],
    only: ['s3', 'iam', 'sqs'],
    skip: [],
    access: {},
    isResumed: false,
    environment: { TRUELINE_SNAPSHOT_KEY: 'orchard' },
    version: '9.8.7',
    clock: fakeClock(),
    random: () => 0.5,
    open: async () => ({ client, homeRegion: async () => 'eu-central-1', close: () => undefined }),
    ...options,
  });
  return { taken, calls };
}

const read = (path: string) => readFileSync(join(folder, 'live', path), 'utf8');

function filesBelow(path: string): string[] {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + path.length + 2))
    .sort();
}

describe('a snapshot', () => {
  test('is a folder of which the header says what is in it', async () => {
    const { taken } = take();
    expect(await taken).toEqual({
      accounts: [{ id: '123456789012', name: null, status: 'complete', resources: 21 }],
      inactive: [],
      regions: 1,
      records: 21,
      gaps: [],
      stoppedBy: undefined,
      exitCode: 0,
    });
    const files = [
      'ledger.ndjson',
      'resources/123456789012/eu-central-1.ndjson',
      'resources/123456789012/global.ndjson',
      'usage/123456789012/global.ndjson',
    ];
    expect(filesBelow('live')).toEqual([...files, 'snapshot.json'].sort());
    const header: SnapshotHeader = JSON.parse(read('snapshot.json'));
    const stated = files.map((path) => {
      const text = read(path);
      return [path, { lines: text.split('\n').length - 1, sha256: createHash('sha256').update(text).digest('hex') }];
    });
    expect(header).toEqual({
      kind: 'trueline-snapshot',
      schema: 1,
      minReader: 1,
      tool: '9.8.7',
      provider: 'aws',
      partition: 'aws',
      startedAt: '2026-11-22T09:30:00Z',
      finishedAt: header.finishedAt,
      caller: { arn: 'arn:aws:iam::123456789012:user/auditor', account: '123456789012' },
      accounts: [{ id: '123456789012', name: null, status: 'complete', resources: 21 }],
      regions: [
        { name: 'eu-central-1', optIn: 'opt-in-not-required' },
        { name: 'me-south-1', optIn: 'not-opted-in' },
      ],
      selection: { only: ['s3', 'iam', 'sqs'], skip: [], regions: 'all-enabled' },
      collectors: {
        aws_account: 1,
        'AWS::IAM::Role': 1,
        'AWS::IAM::User': 1,
        'AWS::IAM::Group': 1,
        'AWS::IAM::InstanceProfile': 1,
        'AWS::IAM::ManagedPolicy': 1,
        'AWS::IAM::OIDCProvider': 1,
        'AWS::IAM::SAMLProvider': 1,
        'AWS::IAM::ServerCertificate': 1,
        'AWS::S3::Bucket': 1,
        'AWS::SQS::Queue': 1,
      },
      secretKey: { id: expect.stringMatching(/^k1:[0-9a-f]{10}$/), algorithm: 'hmac-sha256-80' },
      files: Object.fromEntries(stated),
    });
  });

  test('has its lines in order, each operation once, and none that was planned is missing', async () => {
    await take({ only: [] }).taken;
    const ledger = read('ledger.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const keys = ledger.map(({ account, region, operation, parent }) =>
      [account, region, operation, parent ?? ''].join('\0'),
    );
    expect(keys).toEqual([...new Set(keys)].sort());
    const records = read('resources/123456789012/eu-central-1.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const names = records.map(({ type, arn, id }) => [type, arn ?? '', id].join('\0'));
    expect(names).toEqual([...new Set(names)].sort());
  });

  test('is the same however the answers come', async () => {
    const texts: string[] = [];
    for (const delays of [0, 3]) {
      const { client } = fakeAws();
      let nth = 0;
      const open = async () => ({
        client: async (call: Parameters<typeof client>[0]) => {
          nth += 1;
          if (delays > 0) await new Promise((resolve) => setTimeout(resolve, (nth * 7) % delays));
          return client(call);
        },
        homeRegion: async () => 'eu-central-1',
        close: () => undefined,
      });
      await take({ only: ['s3', 'kms', 'iam'], open }).taken;
      texts.push(read('resources/123456789012/eu-central-1.ndjson') + read('resources/123456789012/global.ndjson'));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  test('of the regions that were named has the buckets of these only', async () => {
    const regionsOf = (...names: readonly string[]) => ({
      kind: 'answer' as const,
      output: { Regions: names.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })) },
    });
    const { taken } = take({ only: ['s3'], regions: ['eu-west-3'] }, ({ operation }) =>
      operation === 'DescribeRegions' ? regionsOf('eu-central-1', 'eu-west-3') : undefined,
    );
    expect(await taken).toMatchObject({ records: 0, regions: 1, exitCode: 0 });
    // A reader must know that there are others, and that they have buckets.
    const { regions, selection } = JSON.parse(read('snapshot.json'));
    expect([regions, selection.regions]).toEqual([
      [
        { name: 'eu-central-1', optIn: 'opt-in-not-required' },
        { name: 'eu-west-3', optIn: 'opt-in-not-required' },
      ],
      ['eu-west-3'],
    ]);
    const ledger = read('ledger.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const lists = ledger.filter(({ operation }) => operation === 's3:ListBuckets');
    expect(lists.map(({ region, state, items }) => ({ region, state, items }))).toEqual([
      { region: 'eu-central-1', state: 'not-selected', items: 3 },
      { region: 'global', state: 'collected', items: 3 },
    ]);
  });

  test('of an account whose regions are not listed says that there are others', async () => {
    const { taken } = take({ only: ['s3'] }, ({ operation }) =>
      operation === 'DescribeRegions' ? errorOf('UnauthorizedOperation', 403) : undefined,
    );
    expect(await taken).toMatchObject({
      regions: 1,
      gaps: [{ operation: 'ec2:DescribeRegions', state: 'denied', permission: 'ec2:DescribeRegions' }],
      exitCode: 3,
    });
    expect(JSON.parse(read('snapshot.json')).regions).toEqual([
      { name: 'eu-central-1', optIn: 'unknown' },
      { name: 'unlisted', optIn: 'unknown' },
    ]);
  });

  test('with gaps says what they are', async () => {
    const { taken } = take({ only: ['s3'] }, ({ operation, input }) =>
      operation === 'GetBucketPolicy' && input['Bucket'] === 'bare' ? errorOf('AccessDenied', 403) : undefined,
    );
    expect(await taken).toEqual({
      accounts: [{ id: '123456789012', name: null, status: 'gaps', resources: 7 }],
      inactive: [],
      regions: 1,
      records: 7,
      gaps: [
        {
          operation: 's3:GetBucketPolicy',
          state: 'denied',
          permission: 's3:GetBucketPolicy',
          code: 'AccessDenied',
          message: 'AccessDenied',
          accounts: ['123456789012'],
          regions: ['global'],
          items: 1,
        },
      ],
      stoppedBy: undefined,
      exitCode: 3,
    });
    expect(JSON.parse(read('snapshot.json')).accounts[0].status).toBe('gaps');
  });
});

describe('a snapshot that does not come to its end', () => {
  const expired: Fault = ({ operation }) => (operation === 'ListQueues' ? errorOf('ExpiredToken', 400) : undefined);

  test('has no header, and --resume asks only for what is missing', async () => {
    const { taken } = take({}, expired);
    expect(await taken).toMatchObject({
      stoppedBy: 'The credentials have expired: sign in again. (ExpiredToken: ExpiredToken)',
      exitCode: 3,
    });
    expect(filesBelow('live').filter((path) => !path.startsWith('.partial/'))).toEqual([]);

    const settled = filesBelow('live/.partial').filter((path) => path.startsWith('units/'));
    const resumed = take({ isResumed: true, clock: fakeClock(Date.UTC(2026, 10, 22, 11)) });
    expect(await resumed.taken).toMatchObject({ records: 21, gaps: [], exitCode: 0 });
    expect(resumed.calls.some(({ operation }) => operation === 'ListQueues')).toBe(true);
    expect(settled.length).toBeGreaterThan(0);
    expect(JSON.parse(read('snapshot.json'))).toMatchObject({
      startedAt: '2026-11-22T09:30:00Z',
      finishedAt: expect.stringMatching(/^2026-11-22T11:00:/),
    });
    expect(existsSync(join(folder, 'live/.partial'))).toBe(false);
  });

  test.each([
    [
      'is not begun anew',
      { isResumed: false },
      'An unfinished snapshot is there: --resume goes on with it, or remove it.',
    ],
    [
      'is not resumed with another selection',
      { isResumed: true, only: ['s3'] },
      'The unfinished snapshot is of other accounts, another selection, key or version.',
    ],
  ])('%s', async (_, options, message) => {
    await take({}, expired).taken;
    await expect(take(options).taken).rejects.toThrow(`"live" cannot be written: ${message}`);
  });

  test('is not resumed where there is none', async () => {
    await expect(take({ isResumed: true }).taken).rejects.toThrow('No unfinished snapshot is there to resume.');
  });
});

describe('the folder', () => {
  test('with something else in it stays as it is', async () => {
    mkdirSync(join(folder, 'live'));
    writeFileSync(join(folder, 'live/recipe.txt'), 'apples');
    await expect(take().taken).rejects.toThrow('"live" cannot be written: The folder is not empty, and no snapshot.');
    expect(filesBelow('live')).toEqual(['recipe.txt']);
  });

  test('that cannot be made is refused with the reason', async () => {
    writeFileSync(join(folder, 'recipe.txt'), 'apples');
    const inFile = 'It, or what it lies in, is a file.';
    for (const output of ['recipe.txt', 'recipe.txt/live', 'recipe.txt/deep/live'])
      await expect(take({ output }).taken).rejects.toThrow(`"${output}" cannot be written: ${inFile}`);
    if (process.platform === 'linux')
      await expect(take({ output: '/proc/live' }).taken).rejects.toThrow('"/proc/live" cannot be written: ');
    expect(readdirSync(folder)).toEqual(['recipe.txt']);
  });

  test('with a snapshot is replaced when the new one is whole', async () => {
    await take().taken;
    const before = read('snapshot.json');
    await take({}, ({ operation }) => (operation === 'ListQueues' ? errorOf('ExpiredToken', 400) : undefined)).taken;
    expect(read('snapshot.json')).toBe(before);
    await expect(take().taken).rejects.toThrow(
      'An unfinished snapshot is beside it (.new): --resume goes on with it, or remove it.',
    );
    rmSync(join(folder, 'live.new'), { recursive: true });
    await take({ only: ['sqs'] }).taken;
    expect(JSON.parse(read('snapshot.json')).selection.only).toEqual(['sqs']);
    expect(readdirSync(folder)).toEqual(['live']);
  });

  test('that another process writes is refused', async () => {
    mkdirSync(join(folder, 'live/.partial'), { recursive: true });
    writeFileSync(join(folder, 'live/.partial/lock'), String(process.ppid));
    await expect(take().taken).rejects.toThrow(
      `"live" cannot be written: Process ${process.ppid} writes this snapshot.`,
    );
  });
});

test('without a region, without credentials and with a service that is none nothing is collected', async () => {
  const { client } = fakeAws();
  const open = async () => ({ client, homeRegion: async () => undefined, close: () => undefined });
  await expect(take({ open }).taken).rejects.toThrow('No region is configured: set AWS_REGION, or use --region.');
  const denied = take({}, () =>
    errorOf('CredentialsProviderError', 0, 'Could not load credentials from any providers'),
  );
  await expect(denied.taken).rejects.toThrow(
    'AWS does not say who is asking. There are no credentials: sign in (aws sso login, aws configure), or use --profile. (CredentialsProviderError: Could not load credentials from any providers)',
  );
  await expect(take({ only: ['s4'] }).taken).rejects.toThrow(
    '"s4" is not a service: accessanalyzer, apprunner, autoscaling, batch,',
  );
  expect(readdirSync(folder)).toEqual([]);
});
