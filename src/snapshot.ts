import { resolve } from 'node:path';
import { askCaller, checkRegions, describeFailure, orInterrupted } from './cloud-session.js';
import type { Caller } from './collect/aws/accounts.js';
import type { World } from './collect/aws/ask.js';
import { type AccountsProgress, collectAccounts } from './collect/aws/collect-accounts.js';
import { COLLECTORS, collectorsOf, leastPolicy, SERVICES } from './collect/aws/collectors.js';
import { mergeGaps, type SnapshotGapGroup } from './collect/aws/gap-groups.js';
import { toSecond } from './collect/aws/listing.js';
import type { Clock } from './collect/aws/pace.js';
import { type Access, openSession, type Session } from './collect/aws/sdk-client.js';
import { readSecretKey } from './collect/aws/secret-key.js';
import {
  type ClosedAccount,
  FolderError,
  openSnapshotFolder,
  type SnapshotFolder,
} from './collect/aws/snapshot-folder.js';
import { worldOf } from './collect/aws/world.js';
import { SNAPSHOT_SCHEMA, type SnapshotAccount, type SnapshotHeader } from './model/snapshot.js';
import { UsageError } from './project.js';
import { snapshotHeader } from './snapshot-header.js';
import { type AccountSelection, partitionOf, resolveTargets, type Targets } from './snapshot-targets.js';
import { invariant } from './source/invariant.js';
import { suggest } from './source/suggest.js';

export type { AccountSelection, AccountsProgress, SnapshotGapGroup };

export interface SnapshotSelection {
  /** Services; empty for all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** With what takes a call or more for each resource. */
  readonly isDeep?: boolean | undefined;
}

export interface SnapshotOptions extends SnapshotSelection {
  readonly workingDirectory: string;
  readonly output: string;
  /** Empty where all are meant that the account uses. */
  readonly regions: readonly string[];
  readonly access: Access;
  /** Absent: the account of the credentials. */
  readonly accounts?: AccountSelection | undefined;
  /** What the accounts' roles want to hear from who takes them on. */
  readonly accountsExternalId?: string | undefined;
  /** Of what a service grants: above 0, and at most 1. */
  readonly quotaShare?: number | undefined;
  readonly isResumed: boolean;
  readonly retryDenied?: boolean | undefined;
  readonly resumeAnyway?: boolean | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly progress?: ((progress: AccountsProgress) => void) | undefined;
  /** Ends it unfinished. */
  readonly interruption?: AbortSignal | undefined;
  readonly open?: (access: Access) => Promise<Session>;
}

export interface SnapshotResult {
  readonly accounts: readonly Omit<SnapshotAccount, 'regions'>[];
  /** Of the organization, and not read: they are suspended, or being closed. */
  readonly inactive: readonly string[];
  readonly regions: number;
  readonly records: number;
  readonly gaps: readonly SnapshotGapGroup[];
  /** Why it is not finished: the credentials are of no use any more, or it was interrupted. */
  readonly stoppedBy: string | undefined;
  readonly exitCode: 0 | 3 | 130;
}

/** The least IAM policy for a selection. Throws `UsageError`. */
export function snapshotPolicy(selection: SnapshotSelection): string {
  checkServices(selection);
  return leastPolicy(collectorsOf(selection.only, selection.skip, selection.isDeep));
}

/** Reads AWS accounts into a folder, which is written whole or not at all. Throws `UsageError`. */
export async function snapshotAws(options: SnapshotOptions): Promise<SnapshotResult> {
  checkServices(options);
  const now = options.clock.now();
  const session = await (options.open ?? openSession)(options.access);
  try {
    const home = options.regions[0] ?? (await session.homeRegion());
    if (home === undefined) throw new UsageError('No region is configured: set AWS_REGION, or use --region.');
    const { quotaShare } = options;
    const base = worldOf(session.client, options.clock, options.random, { quotaShare });
    const caller = await askCaller(base, home);
    base.home = home;
    await checkRegions(base, { caller, home, regions: options.regions });
    const { workingDirectory } = options;
    const targets = await resolveTargets(options.accounts, base, { caller, home, workingDirectory });
    const folder = openFolder(options, { caller, targets, now });
    try {
      return await collectInto(folder, { options, caller, home, targets, base, session });
    } finally {
      folder.release();
    }
  } finally {
    session.close();
  }
}

interface Run {
  readonly options: SnapshotOptions;
  readonly caller: Caller;
  readonly home: string;
  readonly targets: Targets;
  readonly base: World;
  readonly session: Session;
}

async function collectInto(folder: OpenedFolder, run: Run): Promise<SnapshotResult> {
  const { options, caller, targets } = run;
  const { inactive } = targets;
  const unfinished = { accounts: [], inactive, regions: 0, records: 0, gaps: [] };
  const collecting = collectAccounts(toAccountsRun(folder, run));
  const stoppedBy = await orInterrupted(collecting, options.interruption);
  if (stoppedBy === 'interrupted') return { ...unfinished, stoppedBy, exitCode: 130 };
  if (stoppedBy !== undefined) return { ...unfinished, stoppedBy: describeFailure(stoppedBy), exitCode: 3 };
  const { startedAt } = folder;
  const lost = targets.accounts.find(({ id }) => !folder.isClosed(id));
  invariant(lost === undefined, `the account ${lost?.id} was planned, and nothing says how it ended`);
  const closed = folder.finish((files, accounts) =>
    snapshotHeader({
      tool: options.version,
      startedAt,
      finishedAt: toSecond(options.clock.now()),
      caller,
      selection: selectionOf(options),
      secretKey: folder.key.id,
      files,
      accounts,
    }),
  );
  return { ...summarize(closed), inactive, stoppedBy: undefined };
}

function summarize(closed: readonly ClosedAccount[]) {
  const gaps = mergeGaps(closed.flatMap((account) => account.gaps));
  const exitCode: 0 | 3 = gaps.length > 0 || closed.some(({ status }) => status !== 'complete') ? 3 : 0;
  return {
    accounts: closed.map(({ id, name, status, resources }) => ({ id, name, status, resources })),
    regions: Math.max(0, ...closed.map(({ used }) => used)),
    records: closed.reduce((sum, { resources }) => sum + resources, 0),
    gaps,
    exitCode,
  };
}

function toAccountsRun(folder: OpenedFolder, { options, caller, home, targets, base, session }: Run) {
  const collectors = collectorsOf(options.only, options.skip, options.isDeep);
  const { access } = options;
  return {
    targets: targets.accounts,
    scope: {
      partition: partitionOf(caller),
      home,
      regions: options.regions,
      collectors,
      notSelected: COLLECTORS.filter((collector) => !collectors.includes(collector)),
      key: folder.key,
    },
    stores: folder,
    clock: options.clock,
    random: options.random,
    quotaShare: options.quotaShare,
    base,
    open: async ({ roleArn }: Targets['accounts'][number]) => {
      if (roleArn === undefined) return { client: session.client, close: () => undefined };
      return (options.open ?? openSession)({
        profile: access.profile,
        through: access.roleArn,
        roleArn,
        externalId: options.accountsExternalId,
        region: access.region ?? home,
      });
    },
    isInterrupted: () => options.interruption?.aborted === true,
    progress: options.progress,
  };
}

type OpenedFolder = SnapshotFolder & { readonly key: ReturnType<typeof readSecretKey> };

function openFolder(
  options: SnapshotOptions,
  { caller, targets, now }: { readonly caller: Caller; readonly targets: Targets; readonly now: number },
): OpenedFolder {
  const key = readSecretKey(options.environment);
  const identity = {
    schema: SNAPSHOT_SCHEMA,
    tool: options.version,
    account: caller.account,
    targets: targets.identity,
    selection: selectionOf(options),
    secretKey: key.id,
    startedAt: toSecond(now),
  };
  const { isResumed, retryDenied, resumeAnyway } = options;
  try {
    const output = resolve(options.workingDirectory, options.output);
    return { key, ...openSnapshotFolder(output, identity, { isResumed, retryDenied, resumeAnyway, now }) };
  } catch (error) {
    if (error instanceof FolderError) throw new UsageError(`"${options.output}" cannot be written: ${error.message}`);
    throw error;
  }
}

function selectionOf({ only, skip, regions, isDeep, accounts }: SnapshotOptions): SnapshotHeader['selection'] {
  const of = accounts === undefined ? {} : ({ accounts: accounts.kind === 'file' ? 'listed' : accounts.kind } as const);
  const all = regions.length > 0 ? regions : ('all-enabled' as const);
  return { only, skip, regions: all, ...(isDeep === true ? { deep: true } : {}), ...of };
}

function checkServices({ only, skip }: SnapshotSelection): void {
  for (const service of [...only, ...skip]) {
    if (!SERVICES.includes(service))
      throw new UsageError(`"${service}" is not a service: ${SERVICES.join(', ')}.${suggest(service, SERVICES)}`);
  }
  if (only.length > 0 && only.every((service) => skip.includes(service)))
    throw new UsageError('"--only" and "--skip" name the same services: none is left to read.');
}
