import {
  type AccountTarget,
  type Caller,
  isFailure,
  listOrganization,
  parseAccountList,
} from './collect/aws/accounts.js';
import type { World } from './collect/aws/ask.js';
import { UsageError } from './project.js';
import { readNamedFile } from './read-named-file.js';

/** Which accounts are read; absent: the one of the credentials. */
export type AccountSelection =
  | { readonly kind: 'organization'; readonly roleName: string }
  | { readonly kind: 'file'; readonly path: string; readonly roleName: string | undefined };

export interface Targets {
  readonly accounts: readonly AccountTarget[];
  /** Of the organization, and left out: they are suspended, or being closed. */
  readonly inactive: readonly string[];
  /** What two halves of a snapshot must have in common; an organization may have grown. */
  readonly identity: unknown;
}

/** The accounts that are asked for, in the order of their ids. Throws `UsageError`. */
export async function resolveTargets(
  selection: AccountSelection | undefined,
  world: World,
  at: { readonly caller: Caller; readonly home: string; readonly workingDirectory: string },
): Promise<Targets> {
  const { caller } = at;
  const partition = partitionOf(caller);
  if (selection === undefined)
    return {
      accounts: [{ id: caller.account, name: null, roleArn: undefined }],
      inactive: [],
      identity: 'caller',
    };
  const roleOf = (id: string, roleName: string) =>
    id === caller.account ? undefined : `arn:${partition}:iam::${id}:role/${roleName}`;
  if (selection.kind === 'file') {
    const accounts = readAccountFile(selection, at.workingDirectory).map(({ id, roleArn }) => ({
      id,
      name: null,
      roleArn: roleArn ?? roleOf(id, selection.roleName ?? ''),
    }));
    return { accounts: inOrder(accounts), inactive: [], identity: inOrder(accounts) };
  }
  const { roleName } = selection;
  const listed = await listOrganization(world, { partition, account: caller.account, home: at.home });
  if (isFailure(listed)) {
    const isNone = listed.code === 'AWSOrganizationsNotInUseException';
    throw new UsageError(
      isNone
        ? `The account ${caller.account} is in no organization: leave "--organization" out, or use the credentials of another account.`
        : `The accounts of the organization cannot be listed (${listed.code}): ${listed.message} It takes the management account, or a delegated administrator.`,
    );
  }
  const accounts = listed.active.map(({ id, name }) => ({ id, name, roleArn: roleOf(id, roleName) }));
  return {
    accounts: inOrder(accounts),
    inactive: [...listed.inactive].sort(),
    identity: { organization: roleName },
  };
}

export function partitionOf({ arn }: Caller): string {
  return arn.split(':')[1] || 'aws';
}

function inOrder(accounts: readonly AccountTarget[]): readonly AccountTarget[] {
  return [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const MAX_PROBLEMS = 10;

function readAccountFile(
  { path, roleName }: { readonly path: string; readonly roleName: string | undefined },
  workingDirectory: string,
) {
  const text = readNamedFile(workingDirectory, path);
  const { accounts, problems } = parseAccountList(text.replace(/^\ufeff/, ''));
  if (problems.length > 0) {
    const shown = problems.slice(0, MAX_PROBLEMS).map(({ line, message }) => `${path}:${line}: ${message}`);
    const more = problems.length > shown.length ? [`${problems.length - shown.length} more of them`] : [];
    throw new UsageError([...shown, ...more].join('\n  '));
  }
  const bare = accounts.find(({ roleArn }) => roleArn === undefined);
  if (bare !== undefined && roleName === undefined)
    throw new UsageError(`"${path}" has the account ${bare.id} without a role: give the ARN of one, or --role-name.`);
  return accounts;
}
