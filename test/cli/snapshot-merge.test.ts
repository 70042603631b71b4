import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf } from '../../src/collect/aws/collector.js';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import type { LedgerLine, SnapshotHeader } from '../../src/model/snapshot.js';
import { errorOf, type Fault } from '../collect/fake-aws.js';
import { takeSnapshot } from '../support/take-snapshot.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeAll(() => {
  here = workspace();
});

afterAll(() => here.remove());

const MORNING = Date.UTC(2026, 10, 22, 6);
const EVENING = Date.UTC(2026, 10, 22, 18);

const denying =
  (...operations: readonly string[]): Fault =>
  ({ operation }) =>
    operations.includes(operation) ? errorOf('AccessDenied', 403) : undefined;

const headerOf = (folder: string): SnapshotHeader => JSON.parse(here.read(`${folder}/snapshot.json`));

const ledgerOf = (folder: string): readonly LedgerLine[] =>
  here
    .read(`${folder}/ledger.ndjson`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** When each operation was asked, and how it ended. */
const endings = (folder: string, ...operations: readonly string[]) =>
  ledgerOf(folder)
    .filter(({ operation, region, parent }) => operations.includes(operation) && region !== 'me-south-1' && !parent)
    .map(({ operation, state, at }) => `${operation} ${state} ${at.slice(11, 13)}`);

const RECORDS = 'resources/123456789012/eu-central-1.ndjson';

describe('of one account', () => {
  test('the newest is taken that saw everything, as a whole', async () => {
    const only = ['sqs', 'sns', 's3'];
    const renamed: Fault = (call) => {
      const denied = denying('ListQueues', 'GetBucketPolicy')(call, 0);
      if (denied !== undefined || call.operation !== 'ListBuckets') return denied;
      return { kind: 'answer', output: { Buckets: [{ Name: 'apples', BucketRegion: 'eu-central-1' }] } };
    };
    await takeSnapshot(here.folder, 'morning', { only, startsAt: MORNING });
    await takeSnapshot(here.folder, 'evening', { only, startsAt: EVENING, fault: renamed });
    const said = await here.run('snapshot merge evening morning --output both');
    expect(said).toEqual({ code: 0, out: 'wrote both: 11 resources of 1 account\n', err: '' });
    expect(endings('both', 'sqs:ListQueues', 'sns:ListTopics', 's3:ListBuckets', 's3:GetBucketPolicy')).toEqual([
      'sns:ListTopics collected 18',
      'sqs:ListQueues collected 06',
      's3:GetBucketPolicy collected 06',
      's3:ListBuckets collected 06',
    ]);
    const ids = here
      .read(`both/${RECORDS}`)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ id }) => id);
    expect(ids).toEqual(['apples', 'bare', 'old']);
  });

  test('the header says what it was made of, and all of it is read', async () => {
    const { accounts, startedAt, finishedAt, tool, sources, selection } = headerOf('both');
    const [morning, evening] = [headerOf('morning'), headerOf('evening')];
    const sourceOf = ({ tool, startedAt, finishedAt, caller }: SnapshotHeader) => ({
      tool,
      startedAt,
      finishedAt,
      caller,
    });
    expect({ accounts, startedAt, finishedAt, tool, sources, selection }).toEqual({
      accounts: [{ id: '123456789012', name: null, status: 'complete', resources: 11, regions: morning.regions }],
      startedAt: morning.startedAt,
      finishedAt: evening.finishedAt,
      tool: '9.8.7',
      sources: [sourceOf(evening), sourceOf(morning)],
      selection: { only: ['s3', 'sns', 'sqs'], skip: [], regions: 'all-enabled' },
    });
    expect(readdirSync(join(here.folder, 'both')).sort()).toEqual(['ledger.ndjson', 'resources', 'snapshot.json']);
    const { out } = await here.run('scan both --policy aws-s3-bucket-versioning-enabled --format json');
    const codes = JSON.parse(out).diagnostics.map(({ code }: { code: string }) => code);
    expect(codes).toEqual([]);
    expect((await here.run('snapshot diff morning both')).out).toContain('No differences');
  });

  test('where nothing saw everything the newest whole list is taken, and the gaps are said', async () => {
    const only = ['s3'];
    await takeSnapshot(here.folder, 'a', { only, startsAt: EVENING, fault: denying('ListBuckets') });
    await takeSnapshot(here.folder, 'b', { only, startsAt: MORNING, fault: denying('GetBucketPolicy') });
    expect(await here.run('snapshot merge b a --output open')).toEqual({
      code: 3,
      out: 'wrote open: 6 resources of 1 account\ngaps  in 123456789012\n',
      err: '',
    });
    expect(endings('open', 's3:ListBuckets', 's3:GetBucketPolicy')).toEqual([
      's3:GetBucketPolicy denied 06',
      's3:ListBuckets collected 06',
    ]);
  });

  test('services that only one has are there with those of the other', async () => {
    await takeSnapshot(here.folder, 'queues', { only: ['sqs'], startsAt: EVENING });
    await takeSnapshot(here.folder, 'topics', { only: ['sns'], startsAt: MORNING });
    expect((await here.run('snapshot merge queues topics --output fruits')).code).toBe(0);
    expect(endings('fruits', 'sqs:ListQueues', 'sns:ListTopics', 's3:ListBuckets')).toEqual([
      'sns:ListTopics collected 06',
      'sqs:ListQueues collected 18',
      's3:ListBuckets not-selected 18',
    ]);
    expect(headerOf('fruits').selection.only).toEqual(['sns', 'sqs']);
  });
});

test('of several accounts each has its own, and one that was not reached is filled', async () => {
  here.write({ 'one.txt': '210000000001\n210000000002\n', 'two.txt': '210000000002\n210000000003\n' });
  const only = ['sqs'];
  const dead: Fault = ({ operation }) => (operation === 'ListQueues' ? errorOf('AccessDenied', 403) : undefined);
  await takeSnapshot(here.folder, 'first', { only, accountsFile: 'one.txt', startsAt: MORNING });
  await takeSnapshot(here.folder, 'second', { only, accountsFile: 'two.txt', startsAt: EVENING, fault: dead });
  expect(await here.run('snapshot merge first second --output all')).toEqual({
    code: 3,
    out: 'wrote all: 4 resources of 3 accounts\ngaps  in 210000000003\n',
    err: '',
  });
  expect(headerOf('all').accounts.map(({ id, status, resources }) => [id, status, resources])).toEqual([
    ['210000000001', 'complete', 2],
    ['210000000002', 'complete', 2],
    ['210000000003', 'gaps', 0],
  ]);
});

describe('is refused', () => {
  test.each([
    ['snapshot merge morning --output x', '"snapshot merge" needs the folders of two snapshots or more.'],
    ['snapshot merge morning evening', '"snapshot merge" needs a folder to write: --output DIR.'],
    ['snapshot merge morning gone --output x', '"gone" cannot be merged: It does not exist.'],
    ['snapshot merge morning notes --output x', '"notes" cannot be merged: It is no snapshot, or an unfinished one.'],
    ['snapshot merge morning evening --output both', '"both" cannot be written: the folder is not empty.'],
    ['snapshot merge morning torn --output x', `"torn" cannot be merged: "${RECORDS}" in it is not as it was written.`],
    [
      'snapshot merge morning other --output x',
      'The hashes of their secrets were made with two keys: the same secret would seem to be two.',
    ],
    [
      'snapshot merge morning older --output x',
      '"AWS::SQS::Queue" was collected as two versions: take the older snapshot anew.',
    ],
  ])('%s', async (line, message) => {
    here.write({ 'notes/note.txt': 'apples' });
    await takeSnapshot(here.folder, 'torn', { only: ['sqs'] }).catch(() => undefined);
    here.write({ [`torn/${RECORDS}`]: '' });
    await takeSnapshot(here.folder, 'other', { only: ['sqs'], key: 'another orchard' });
    await takeSnapshot(here.folder, 'older', { only: ['sqs'] });
    const { collectors, ...header } = headerOf('older');
    const aged = { ...header, collectors: { ...collectors, 'AWS::SQS::Queue': 99 } };
    here.write({ 'older/snapshot.json': JSON.stringify(aged) });
    expect(await here.run(line)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  });
});

test('no operation belongs to two services: what one left out would seem to be seen', () => {
  const services = new Map<string, Set<string>>();
  for (const collector of COLLECTORS) {
    for (const { call } of operationsOf(collector))
      services.set(call, (services.get(call) ?? new Set()).add(collector.service));
  }
  expect([...services].filter(([, own]) => own.size > 1)).toEqual([]);
});
