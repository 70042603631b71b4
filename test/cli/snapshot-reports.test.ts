import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf } from '../collect/fake-aws.js';
import { takeSnapshot } from '../support/take-snapshot.js';
import { diagnosticLines, type Workspace, workspace } from './workspace.js';

let here: Workspace;
const [PEARS, PLUMS] = ['210000000001', '210000000002'];
const ID = 'aws-sqs-queue-not-public';
const queueOf = (account: string) => `arn:aws:sqs:eu-central-1:${account}:orders.fifo`;

beforeAll(async () => {
  here = workspace({ 'accounts.txt': `${PLUMS}\n${PEARS}\n` });
  await takeSnapshot(here.folder, 'live', { only: ['sqs', 's3'], accountsFile: 'accounts.txt' });
});

afterAll(() => here.remove());

describe('a report of several accounts', () => {
  test('has each account by itself, a region after the other', async () => {
    const { out } = await here.run(`scan live --policy ${ID} --policy aws-s3-bucket-versioning-enabled`);
    const heads = out.split('\n').filter((line) => /^(account |high|medium|critical)/.test(line));
    const titles = heads.map((line) => line.replace(/ {2,}.*$/, (rest) => rest.slice(0, 16)));
    expect(titles).toEqual([
      `account ${PEARS}  eu-central-1`,
      expect.stringMatching(/^(high|critical) /),
      'medium  S3 buckets kee',
      `account ${PLUMS}  eu-central-1`,
      expect.stringMatching(/^(high|critical) /),
      'medium  S3 buckets kee',
    ]);
  });

  test('is a table', async () => {
    const { out } = await here.run(`scan live --policy ${ID} --format csv`);
    const rows = out.split('\r\n').map((row) => row.split(',').slice(0, 5).join(','));
    expect(rows.filter((row) => row.includes('orders.fifo'))).toEqual(
      [PEARS, PLUMS].map((account) => `${account},eu-central-1,${queueOf(account)},${queueOf(account)},${ID}`),
    );
  });

  test('of a table has what was not judged, though it was not asked for', async () => {
    const fault = ({ operation }: { readonly operation: string }) =>
      operation === 'ListQueues' ? errorOf('AccessDenied', 403) : undefined;
    await takeSnapshot(here.folder, 'closed', { only: ['sqs'], fault });
    const { out } = await here.run(`scan closed --policy ${ID} --format csv`);
    const rows = out.split('\r\n').filter((row) => row.includes(ID));
    expect(rows.map((row) => row.split(',').filter((_, column) => [0, 1, 4, 6, 9].includes(column)))).toEqual([
      ['123456789012', 'eu-central-1', ID, 'not-judged', 'permission-denied sqs:ListQueues'],
    ]);
  });
});

describe('a suppression in trueline.yaml', () => {
  const scan = (by: string) => {
    here.write({ 'trueline.yaml': `suppressions:\n  - { policy: ${ID}, reason: ripe, ${by} }\n` });
    return here.run(`scan live --policy ${ID} --format json --allow-incomplete`);
  };

  test.each([
    [`arn: "${queueOf(PEARS)}"`, [PLUMS]],
    ['arn: "arn:aws:sqs:*:orders.fifo"', []],
    [`arn: "arn:aws:sqs:*:${PLUMS}:*"`, [PEARS]],
    ['tag: "team=orchard"', []],
    ['tag: "team=orch*"', []],
    [`tag: "team=orch*", root: "${PEARS}"`, [PLUMS]],
    ['arn: "arn:aws:sqs:*:orders.fifo", until: 2026-11-22', []],
  ])('by %s hides what it names', async (by, left) => {
    const { findings } = JSON.parse((await scan(by)).out);
    expect(findings.map(({ resource }: { resource: { account: string } }) => resource.account)).toEqual(left);
  });

  test.each([
    ['arn: "arn:aws:sqs:*:gone"', 'info suppression-unused', `This suppression of "${ID}" hides nothing.`],
    ['tag: "team=mill"', 'info suppression-unused', `This suppression of "${ID}" hides nothing.`],
    [
      'arn: "arn:aws:sqs:*:orders.fifo", until: 2026-11-21',
      'warning suppression-expired',
      `The suppression of "${ID}" expired on 2026-11-21.`,
    ],
  ])('by %s hides nothing, and that is said', async (by, code, message) => {
    const { out } = await scan(by);
    expect(JSON.parse(out).findings).toHaveLength(2);
    expect(diagnosticLines(out)).toContainEqual(`trueline.yaml:2:5 ${code}: ${message}`);
  });
});
