import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Call } from '../../src/collect/aws/ask.js';
import type { Access } from '../../src/collect/aws/sdk-client.js';
import type { LedgerLine, SnapshotHeader } from '../../src/model/snapshot.js';
import { type SnapshotOptions, snapshotAws } from '../../src/snapshot.js';
import { errorOf, fakeAws, fakeClock } from '../collect/fake-aws.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-accounts-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CALLER = '123456789012';
const [PEARS, PLUMS] = ['210000000001', '210000000002'];
const OK = 'opt-in-not-required';

type Fault = (account: string, call: Call) => Answer | undefined;

/** Reads the organization of the caller, of PEARS and of PLUMS; gives also with what its accounts were opened, and what was asked. */
function take(options: Partial<SnapshotOptions> = {}, fault: Fault = () => undefined) {
  const opened: Access[] = [];
  const asked: string[] = [];
  const accountOf = ({ roleArn }: Access) => roleArn?.split(':')[4] ?? CALLER;
  const taken = snapshotAws({
    workingDirectory: folder,
    output: 'live',
    regions: [],
    only: ['sqs', 's3'],
    skip: [],
    access: {},
    accounts: { kind: 'organization', roleName: 'auditor' },
    isResumed: false,
    environment: { TRUELINE_SNAPSHOT_KEY: 'orchard' },
    version: '9.8.7',
    clock: fakeClock(),
    random: () => 0.5,
    open: async (access) => {
      opened.push(access);
      const account = accountOf(access);
      const { client } = fakeAws();
      return {
        client: async (call) => {
          asked.push(`${account} ${call.operation}`);
          return fault(account, call) ?? answerOf(account, call) ?? client(call);
        },
        homeRegion: async () => 'eu-central-1',
        close: () => undefined,
      };
    },
    ...options,
  });
  return { taken, opened, asked };
}

function answerOf(account: string, { operation, input }: Call): Answer | undefined {
  if (operation === 'GetCallerIdentity' && account !== CALLER)
    return { kind: 'answer', output: { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/auditor/x` } };
  if (operation !== 'ListAccounts') return undefined;
  const first = input['NextToken'] === undefined;
  const page = first
    ? [
        { Id: PLUMS, Name: 'plums', State: 'ACTIVE' },
        { Id: '210000000009', Name: 'old', State: 'SUSPENDED', Status: 'ACTIVE' },
      ]
    : [
        { Id: CALLER, Name: 'management', Status: 'ACTIVE' },
        { Id: PEARS, Name: 'pears', Status: 'ACTIVE' },
        { Id: '210000000008', Name: 'older', Status: 'SUSPENDED' },
      ];
  return { kind: 'answer', output: { Accounts: page, ...(first ? { NextToken: 'more' } : {}) } };
}

const header = (): SnapshotHeader => JSON.parse(readFileSync(join(folder, 'live/snapshot.json'), 'utf8'));

const ledger = (): readonly LedgerLine[] =>
  readFileSync(join(folder, 'live/ledger.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('an organization', () => {
  test('is one folder with all active accounts, each read by its role and the own one by who asks', async () => {
    const { taken, opened } = take();
    expect(await taken).toEqual({
      accounts: [
        { id: CALLER, name: 'management', status: 'complete', resources: 9 },
        { id: PEARS, name: 'pears', status: 'complete', resources: 9 },
        { id: PLUMS, name: 'plums', status: 'complete', resources: 9 },
      ],
      inactive: ['210000000008', '210000000009'],
      regions: 1,
      records: 27,
      gaps: [],
      stoppedBy: undefined,
      exitCode: 0,
    });
    expect(opened).toEqual([
      {},
      ...[PEARS, PLUMS].map((id) => ({
        profile: undefined,
        through: undefined,
        roleArn: `arn:aws:iam::${id}:role/auditor`,
        externalId: undefined,
        region: 'eu-central-1',
      })),
    ]);
    const { accounts, regions, selection, files } = header();
    expect([accounts.map(({ id }) => id), regions, selection, Object.keys(files)]).toEqual([
      [CALLER, PEARS, PLUMS],
      [
        { name: 'eu-central-1', optIn: OK },
        { name: 'me-south-1', optIn: 'not-opted-in' },
      ],
      { only: ['sqs', 's3'], skip: [], regions: 'all-enabled', accounts: 'organization' },
      ['ledger.ndjson', ...[CALLER, PEARS, PLUMS].map((id) => `resources/${id}/eu-central-1.ndjson`)],
    ]);
    const keys = ledger().map((line) => [line.account, line.region, line.operation, line.parent ?? ''].join('\0'));
    expect(keys).toEqual([...new Set(keys)].sort());
  });

  test('has regions of their own where accounts differ, and none of one that was not reached', async () => {
    const { taken } = take({}, (account, { operation }) => {
      if (account === PEARS && operation === 'GetCallerIdentity') return errorOf('AccessDenied', 403, 'no such trust');
      if (account !== PLUMS || operation !== 'DescribeRegions') return undefined;
      return { kind: 'answer', output: { Regions: [{ RegionName: 'eu-central-1', OptInStatus: OK }] } };
    });
    expect(await taken).toMatchObject({
      accounts: [{ status: 'complete' }, { id: PEARS, status: 'unreachable', resources: 0 }, { status: 'complete' }],
      gaps: [
        {
          operation: 'sts:AssumeRole',
          state: 'unreachable',
          code: 'AccessDenied',
          message: 'no such trust',
          accounts: [PEARS],
          regions: ['global'],
          items: 0,
        },
      ],
      exitCode: 3,
    });
    expect(header().accounts.map(({ id, regions }) => [id, regions])).toEqual([
      [CALLER, undefined],
      [PEARS, []],
      [PLUMS, [{ name: 'eu-central-1', optIn: OK }]],
    ]);
    expect(ledger().filter(({ account }) => account === PEARS)).toHaveLength(1);
  });

  test.each([
    [
      'AWSOrganizationsNotInUseException',
      'The account 123456789012 is in no organization: leave "--organization" out, or use the credentials of another account.',
    ],
    [
      'AccessDeniedException',
      'The accounts of the organization cannot be listed (AccessDeniedException): Said so. It takes the management account, or a delegated administrator.',
    ],
  ])('that does not list its accounts is not read: %s', async (code, message) => {
    const fault: Fault = (_, { operation, input }) =>
      operation === 'ListAccounts' && (code !== 'AccessDeniedException' || input['NextToken'] !== undefined)
        ? errorOf(code, 400, 'Said so.')
        : undefined;
    await expect(take({}, fault).taken).rejects.toThrow(message);
    expect(existsSync(join(folder, 'live'))).toBe(false);
  });
});

describe('a list of accounts', () => {
  const file = { kind: 'file', path: 'accounts.txt', roleName: 'auditor' } as const;

  test('has ids and roles, a line each; the external id is for their roles', async () => {
    const role = `arn:aws:iam::${PLUMS}:role/team/reader`;
    writeFileSync(join(folder, 'accounts.txt'), `# orchard\n\n${PEARS}   # pears\r\n${role}\n`);
    const access = { roleArn: 'arn:aws:iam::123456789012:role/hub' };
    const { taken, opened } = take({ accounts: file, access, accountsExternalId: 'apples' });
    expect(await taken).toMatchObject({ accounts: [{ id: PEARS }, { id: PLUMS }], exitCode: 0 });
    const inAccount = { profile: undefined, through: access.roleArn, externalId: 'apples', region: 'eu-central-1' };
    expect(opened).toEqual([
      access,
      { ...inAccount, roleArn: `arn:aws:iam::${PEARS}:role/auditor` },
      { ...inAccount, roleArn: role },
    ]);
    expect(header().selection.accounts).toBe('listed');
  });

  test('may be JSON', async () => {
    writeFileSync(join(folder, 'accounts.txt'), JSON.stringify([PLUMS, PEARS]));
    expect(await take({ accounts: file }).taken).toMatchObject({ accounts: [{ id: PEARS }, { id: PLUMS }] });
  });

  test.each([
    [
      `${PEARS}\n12345\n${PEARS}\narn:aws:iam::${PLUMS}:user/x\n`,
      'accounts.txt:2: "12345" is neither an account\'s id (12 digits) nor the ARN of a role.\n' +
        `  accounts.txt:3: The account ${PEARS} is there twice.\n` +
        `  accounts.txt:4: "arn:aws:iam::${PLUMS}:user/x" is neither an account's id (12 digits) nor the ARN of a role.`,
    ],
    [`[\n  "${PEARS}",\n  7\n]`, 'accounts.txt:3: "7" is neither an account\'s id (12 digits) nor the ARN of a role.'],
    ['[1', 'accounts.txt:1: It is no JSON: '],
    ['# none\n', 'accounts.txt:1: There is no account in it.'],
  ])('with what is none is refused, with the lines: %j', async (text, message) => {
    writeFileSync(join(folder, 'accounts.txt'), text);
    await expect(take({ accounts: file }).taken).rejects.toThrow(message);
  });

  test('that is not there, or has no roles, is refused', async () => {
    await expect(take({ accounts: file }).taken).rejects.toThrow('"accounts.txt" does not exist.');
    writeFileSync(join(folder, 'accounts.txt'), PEARS);
    await expect(take({ accounts: { ...file, roleName: undefined } }).taken).rejects.toThrow(
      `"accounts.txt" has the account ${PEARS} without a role: give the ARN of one, or --role-name.`,
    );
  });
});

describe('a run that was stopped', () => {
  const expired: Fault = (account, { operation }) =>
    (account === PEARS && operation === 'ListQueues') || (account === CALLER && operation === 'GetCallerIdentity')
      ? errorOf('ExpiredToken', 400, 'Said so')
      : undefined;
  let isOver = false;
  /** The credentials are good until the accounts are read. */
  const later: Fault = (account, call) => {
    if (call.operation === 'ListQueues' && account === PEARS) isOver = true;
    return isOver ? expired(account, call) : undefined;
  };

  test('goes on with the accounts that are not done', async () => {
    isOver = false;
    expect(await take({}, later).taken).toMatchObject({
      stoppedBy: 'The credentials have expired: sign in again. (ExpiredToken: Said so)',
      exitCode: 3,
    });
    const { taken, asked } = take({ isResumed: true });
    expect(await taken).toMatchObject({ records: 27, gaps: [], exitCode: 0 });
    expect(asked).toContain(`${PEARS} ListQueues`);
    expect(asked).not.toContain(`${CALLER} ListQueues`);
    expect(header().startedAt).toBe('2026-11-22T09:30:00Z');
  });

  test('asks again for what was denied only on request', async () => {
    isOver = false;
    const denied: Fault = (account, call) =>
      call.operation === 'GetBucketPolicy' ? errorOf('AccessDenied', 403) : later(account, call);
    await take({}, denied).taken;
    const again = take({ isResumed: true });
    expect(await again.taken).toMatchObject({ exitCode: 3, gaps: [{ operation: 's3:GetBucketPolicy' }] });
    expect(again.asked).not.toContain(`${CALLER} GetBucketPolicy`);

    rmSync(join(folder, 'live'), { recursive: true });
    isOver = false;
    await take({}, denied).taken;
    const granted = take({ isResumed: true, retryDenied: true });
    expect(await granted.taken).toMatchObject({ exitCode: 0, gaps: [] });
    expect(granted.asked).toContain(`${CALLER} GetBucketPolicy`);
  });

  test('is not resumed after a day, unless it is to be', async () => {
    isOver = false;
    await take({}, later).taken;
    const clock = () => fakeClock(Date.UTC(2026, 10, 23, 9, 31));
    await expect(take({ isResumed: true, clock: clock() }).taken).rejects.toThrow(
      'The unfinished snapshot was begun at 2026-11-22T09:30:00Z, more than a day ago: --resume-anyway goes on all the same, or remove it.',
    );
    expect(await take({ isResumed: true, resumeAnyway: true, clock: clock() }).taken).toMatchObject({ exitCode: 0 });
  });

  test('is resumed where it was interrupted while its accounts were put together', async () => {
    isOver = false;
    await take({}, later).taken;
    writeFileSync(join(folder, 'live/ledger.ndjson'), 'half of a');
    expect(await take({ isResumed: true }).taken).toMatchObject({ records: 27, exitCode: 0 });
    expect(ledger().length).toBeGreaterThan(30);
  });
});

test('an interrupted run is unfinished, and says so', async () => {
  const interruption = new AbortController();
  const stop: Fault = (account, { operation }) => {
    if (account === PLUMS && operation === 'ListQueues') interruption.abort();
    return undefined;
  };
  expect(await take({ interruption: interruption.signal }, stop).taken).toMatchObject({
    stoppedBy: 'interrupted',
    exitCode: 130,
  });
  expect(existsSync(join(folder, 'live/snapshot.json'))).toBe(false);
  expect(await take({ isResumed: true }).taken).toMatchObject({ records: 27, exitCode: 0 });
});

describe('what is wrong with who asks is said', () => {
  const identity =
    (answer: Answer): Fault =>
    (_, { operation }) =>
      operation === 'GetCallerIdentity' ? answer : undefined;

  test.each([
    [
      errorOf('ExpiredTokenException', 400, 'Said so'),
      'The credentials have expired: sign in again. (ExpiredTokenException: Said so)',
    ],
    [
      errorOf('CredentialsProviderError', 0, 'Said so'),
      'There are no credentials: sign in (aws sso login, aws configure), or use --profile. (CredentialsProviderError: Said so)',
    ],
    [
      errorOf('SignatureDoesNotMatch', 403, 'Signature expired: 2026 is earlier than 2027'),
      'The clock of this machine is wrong: set it. (SignatureDoesNotMatch: Signature expired: 2026 is earlier than 2027)',
    ],
    [
      errorOf('ENOTFOUND', 0, 'getaddrinfo ENOTFOUND sts.eu-central-9.amazonaws.com'),
      'No endpoint is there for the region "eu-central-9": is its name right, and is there a network? (ENOTFOUND: getaddrinfo ENOTFOUND sts.eu-central-9.amazonaws.com)',
    ],
    [
      errorOf('InvalidClientTokenId', 403, 'Said so'),
      'The credentials are not accepted in "eu-central-9": they are wrong, or the account does not use that region. (InvalidClientTokenId: Said so)',
    ],
    [errorOf('AccessDenied', 403, 'Said so'), 'The role cannot be taken on. (AccessDenied: Said so)'],
  ])('%j', async (answer, message) => {
    await expect(take({ regions: ['eu-central-9'] }, identity(answer)).taken).rejects.toThrow(
      `AWS does not say who is asking. ${message}`,
    );
  });

  test('a region that the account has not', async () => {
    await expect(take({ regions: ['eu-central-1', 'eu-centrl-1'] }).taken).rejects.toThrow(
      '"eu-centrl-1" is not a region of the account. Did you mean "eu-central-1"?',
    );
  });

  test('a region that is not opted in is known to be empty', async () => {
    const { taken } = take({ regions: ['eu-central-1', 'me-south-1'], accounts: undefined });
    expect(await taken).toMatchObject({ regions: 1, exitCode: 0 });
    const lines = ledger().filter(({ region }) => region === 'me-south-1');
    expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(['not-opted-in']));
  });

  test('everything denied is gaps, and no resource', async () => {
    const { taken } = take({ accounts: undefined }, (_, { operation }) =>
      operation === 'GetCallerIdentity' ? undefined : errorOf('AccessDenied', 403),
    );
    const { records, gaps, exitCode } = await taken;
    expect([records, new Set(gaps.map(({ state }) => state)), exitCode]).toEqual([0, new Set(['denied']), 3]);
  });
});
