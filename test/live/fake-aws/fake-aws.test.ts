import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collectAccount } from '../../../src/collect/aws/collect-account.js';
import type { Collected } from '../../../src/collect/aws/collect-type.js';
import { collectorsOf, SERVICES } from '../../../src/collect/aws/collectors.js';
import { openSession } from '../../../src/collect/aws/sdk-client.js';
import { worldOf } from '../../../src/collect/aws/world.js';
import type { LedgerLine, SnapshotRecord } from '../../../src/model/snapshot.js';
import { type CollectedService, collectServices, KEY } from '../../collect/collect-service.js';
import { fakeClock } from '../../collect/fake-aws.js';
import { program, run } from '../run.js';
import { memberAccount } from './organizations.js';
import { type FakeServer, type FakeServerOptions, serveFakeAws } from './server.js';

/** The real clients of the SDK against answers on the wire: the same as from the answers themselves. */
let server: FakeServer | undefined;

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'orchard', AWS_SECRET_ACCESS_KEY: 'orchard' });
});

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await server?.close();
  server = undefined;
});

interface Result {
  readonly records: readonly SnapshotRecord[];
  readonly ledger: readonly LedgerLine[];
}

async function collect(only: readonly string[], options: FakeServerOptions = {}, roleArn?: string): Promise<Result> {
  server = await serveFakeAws(options);
  process.env['AWS_ENDPOINT_URL'] = server.url;
  const session = await openSession({ region: 'eu-central-1', roleArn });
  const done: Collected[] = [];
  const { ledger } = await collectAccount(
    worldOf(session.client, fakeClock(), () => 0.5),
    {
      partition: 'aws',
      account: roleArn?.split(':')[4] ?? '123456789012',
      home: 'eu-central-1',
      regions: [],
      collectors: collectorsOf(only, [], true),
      notSelected: [],
      key: KEY,
    },
    { read: () => undefined, write: (_, collected) => void done.push(collected) },
  );
  session.close();
  return {
    records: done.flatMap(({ records }) => records),
    ledger: [...ledger, ...done.flatMap((one) => one.ledger)],
  };
}

function told({ records, ledger }: Result | CollectedService) {
  const order = (texts: readonly string[]) => [...texts].sort();
  return {
    records: order(records.map((record) => JSON.stringify(record))),
    ledger: order(ledger.map(({ at: _, message: _m, ...line }) => JSON.stringify(line))),
  };
}

describe('what goes over the wire', () => {
  test.each(SERVICES)('of %s is what was recorded', async (service) => {
    expect(told(await collect([service]))).toEqual(told(await collectServices([service])));
  });

  test('of an account whose role was taken on is that account’s', async () => {
    const account = memberAccount(7);
    const { records } = await collect(['sns'], {}, `arn:aws:iam::${account}:role/auditor`);
    expect(new Set(server?.calls.map((call) => call.account))).toEqual(new Set([account]));
    expect(records.map(({ arn }) => arn).filter((arn) => arn !== null && !arn.includes(account))).toEqual([]);
  });
});

describe('a fault', () => {
  const operation = 'sns:GetTopicAttributes';
  test.each([
    ['denied', 'denied', 'AccessDenied', 1],
    ['throttled', 'throttled', 'ThrottlingException', 10],
    ['500', 'failed', 'InternalErrorException', 4],
    ['malformed', 'failed', 'Error', 1],
    ['empty', 'failed', 'EmptyAnswer', 4],
    ['reset', 'failed', 'ECONNRESET', 4],
    ['cut', 'failed', 'ECONNRESET', 4],
    ['slow', 'collected', null, 1],
  ] as const)('"%s" is told as %s (%s), tried %i times', async (kind, state, code, attempts) => {
    const { ledger } = await collect(['sns'], { faults: [{ operation, kind }] });
    const [line] = ledger.filter(
      (one) => one.operation === operation && one.parent === null && one.region !== 'me-south-1',
    );
    expect({ state: line?.state, code: line?.code, attempts: line?.attempts }).toEqual({ state, code, attempts });
  });

  test('that passes is as if it had not been', async () => {
    const faulty = await collect(['sns'], { faults: [{ operation, kind: 'throttled', nth: 1 }] });
    expect(told(faulty).records).toEqual(told(await collectServices(['sns'])).records);
  });

  test('of the second page leaves the first', async () => {
    const faults = [{ operation: 'iam:GetAccountAuthorizationDetails', page: 2, kind: 'denied' }] as const;
    const { ledger } = await collect(['iam'], { faults });
    const lines = ledger.filter((line) => line.operation === 'iam:GetAccountAuthorizationDetails');
    expect(new Set(lines.map(({ state, pages }) => `${state} ${pages}`))).toEqual(new Set(['truncated 1']));
  });
});

test('the program reads an account of it as users run it', async () => {
  server = await serveFakeAws();
  const folder = mkdtempSync(join(tmpdir(), 'trueline-fake-'));
  const environment = { ...process.env, AWS_ENDPOINT_URL: server.url, AWS_REGION: 'eu-central-1' };
  const args = [program, 'snapshot', 'aws', '--only', 'iam', '--only', 'ec2', '--deep', '--output', 'snapshot'];
  const role = ['--role-arn', `arn:aws:iam::${memberAccount(7)}:role/auditor`];
  const said = await run(process.execPath, [...args, ...role], folder, environment);
  rmSync(folder, { recursive: true });
  const { records } = await collectServices(['iam', 'ec2']);
  expect(said.replaceAll(folder, '.')).toBe(
    `wrote snapshot: ${records.length} resources of ${memberAccount(7)} in 1 region\n`,
  );
});

test('an organization of 1,000 accounts is listed page by page', async () => {
  server = await serveFakeAws({ accounts: 1_000 });
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const answered = await fetch(server.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' },
      body: JSON.stringify(token === undefined ? {} : { NextToken: token }),
    });
    const page = (await answered.json()) as { Accounts: { Id: string }[]; NextToken?: string };
    ids.push(...page.Accounts.map(({ Id }) => Id));
    token = page.NextToken;
  } while (token !== undefined);
  expect([ids.length, new Set(ids).size]).toEqual([1_000, 1_000]);
});

test('more than the share of a quota is counted', async () => {
  const settled = await serveFakeAws({ share: 0.05 });
  server = settled;
  process.env['AWS_ENDPOINT_URL'] = settled.url;
  const session = await openSession({ region: 'eu-central-1' });
  const call = { client: 'sns', operation: 'ListTopics', region: 'eu-central-1', input: {} };
  for (let index = 0; index < 3; index++) await session.client(call);
  session.close();
  expect([settled.calls.length, settled.violations()]).toEqual([3, 2]);
});
