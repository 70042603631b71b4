import { ask, type Failure, type World } from './ask.js';
import type { ListOperation } from './collector.js';
import { textAt } from './json.js';
import { placeOf } from './listing.js';

/** An account that is to be read, and as whom. */
export interface AccountTarget {
  readonly id: string;
  readonly name: string | null;
  /** None: with the credentials of who asks. */
  readonly roleArn: string | undefined;
}

/** What is wrong in a list of accounts. */
export interface AccountListProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface AccountList {
  readonly accounts: readonly { readonly id: string; readonly roleArn: string | undefined }[];
  readonly problems: readonly AccountListProblem[];
}

const ACCOUNT = /^\d{12}$/;
const ROLE = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** Accounts of a file: an id or the ARN of a role a line (what follows `#` is a remark), or a JSON list of them. */
export function parseAccountList(text: string): AccountList {
  const isJson = text.trimStart().startsWith('[');
  const entries = isJson ? jsonEntries(text) : lineEntries(text);
  if (!Array.isArray(entries)) return { accounts: [], problems: [entries as AccountListProblem] };
  const accounts = new Map<string, { readonly id: string; readonly roleArn: string | undefined }>();
  const problems: AccountListProblem[] = [];
  for (const { line, value } of entries) {
    const roleArn = ROLE.test(value) ? value : undefined;
    const id = roleArn === undefined ? value : (ROLE.exec(value)?.[1] ?? '');
    const message = problemOf(id, value, accounts);
    if (message === undefined) accounts.set(id, { id, roleArn });
    else problems.push({ line, message });
  }
  if (entries.length === 0) problems.push({ line: 1, message: 'There is no account in it.' });
  return { accounts: [...accounts.values()], problems };
}

function problemOf(id: string, value: string, accounts: ReadonlyMap<string, unknown>): string | undefined {
  if (!ACCOUNT.test(id)) return `"${value}" is neither an account's id (12 digits) nor the ARN of a role.`;
  return accounts.has(id) ? `The account ${id} is there twice.` : undefined;
}

interface Entry {
  readonly line: number;
  readonly value: string;
}

function lineEntries(text: string): readonly Entry[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const value = raw.replace(/#.*$/, '').trim();
    return value === '' ? [] : [{ line: index + 1, value }];
  });
}

function jsonEntries(text: string): readonly Entry[] | AccountListProblem {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return { line: 1, message: `It is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!Array.isArray(list)) return { line: 1, message: 'It is no JSON list.' };
  let from = 0;
  return list.map((value: unknown): Entry => {
    const written = JSON.stringify(value);
    const at = text.indexOf(written, from);
    if (at >= 0) from = at + written.length;
    const line = text.slice(0, at < 0 ? from : at).split('\n').length;
    return { line, value: typeof value === 'string' ? value.trim() : written };
  });
}

export const LIST_ACCOUNTS: ListOperation = {
  call: 'organizations:ListAccounts',
  permission: 'organizations:ListAccounts',
  items: 'Accounts.*',
  pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 20] },
};

export interface OrganizationAccounts {
  readonly active: readonly { readonly id: string; readonly name: string | null }[];
  /** Suspended, or being closed: their roles cannot be taken on. */
  readonly inactive: readonly string[];
}

/** The accounts of an organization; of a list that is not whole none. Asked where the organization is at home. */
export async function listOrganization(
  world: World,
  { partition, account, home }: { readonly partition: string; readonly account: string; readonly home: string },
): Promise<OrganizationAccounts | Failure> {
  const place = placeOf(world, { partition, account, region: 'global', home });
  const listed = await place.list(LIST_ACCOUNTS);
  if (listed.failure !== undefined) return listed.failure;
  const accounts = listed.items.map((item) => ({
    id: textAt(item, 'Id'),
    name: textAt(item, 'Name') || null,
    // `State` is there since 2025 and stays; `Status` is the older of the two.
    state: textAt(item, 'State') || textAt(item, 'Status'),
  }));
  const isActive = ({ state }: { readonly state: string }) => state === 'ACTIVE' || state === '';
  return {
    active: accounts.filter(isActive).map(({ id, name }) => ({ id, name })),
    inactive: accounts.filter((each) => !isActive(each)).map(({ id }) => id),
  };
}

/** Who asks: the account, and the ARN. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
}

const CALLER_IDENTITY = { call: 'sts:GetCallerIdentity', permission: null };

/** Asks who the credentials belong to, which needs no permission. */
export async function readCaller(world: World, region: string): Promise<Caller | Failure> {
  const call = { client: 'sts', operation: 'GetCallerIdentity', region, input: {} };
  const ending = await ask(world, CALLER_IDENTITY, call);
  if (ending.kind === 'failure') return ending;
  const account = textAt(ending.output, 'Account');
  if (account !== '') return { arn: textAt(ending.output, 'Arn'), account };
  return {
    kind: 'failure',
    state: 'failed',
    code: 'MalformedAnswer',
    message: 'The answer has no account.',
    permission: null,
    attempts: ending.attempts,
  };
}

export function isFailure<T extends object>(value: T | Failure): value is Failure {
  return 'kind' in value && value.kind === 'failure';
}
