import { resolve } from 'node:path';
import { ask, type World } from './collect/aws/ask.js';
import { type AccountRun, collectAccount } from './collect/aws/collect-account.js';
import { COLLECTORS, collectorsOf, leastPolicy, SERVICES } from './collect/aws/collectors.js';
import { get, textAt } from './collect/aws/json.js';
import { toSecond } from './collect/aws/listing.js';
import type { Clock } from './collect/aws/pace.js';
import { type Access, openSession, type Session } from './collect/aws/sdk-client.js';
import { readSecretKey } from './collect/aws/secret-key.js';
import { FolderError, openSnapshotFolder, type SnapshotFolder } from './collect/aws/snapshot-folder.js';
import { worldOf } from './collect/aws/world.js';
import { type LedgerLine, SNAPSHOT_SCHEMA, type SnapshotHeader } from './model/snapshot.js';
import { UsageError } from './project.js';
import { suggest } from './source/suggest.js';

export interface SnapshotSelection {
  /** Services; empty for all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Whether to ask for what takes a call or more for each resource. */
  readonly isDeep?: boolean;
}

export interface SnapshotOptions extends SnapshotSelection {
  readonly workingDirectory: string;
  readonly output: string;
  /** Empty where all are meant that the account uses. */
  readonly regions: readonly string[];
  readonly access: Access;
  readonly isResumed: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly open?: (access: Access) => Promise<Session>;
}

/** What could not be seen, once for an operation and how it ended. */
export interface SnapshotGapGroup {
  readonly operation: string;
  readonly state: LedgerLine['state'];
  readonly permission: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly regions: readonly string[];
  /** Single items of which it failed; none where it failed as a whole. */
  readonly items: number;
}

export interface SnapshotResult {
  readonly account: string;
  readonly regions: number;
  readonly records: number;
  readonly gaps: readonly SnapshotGapGroup[];
  /** Why it is not finished: the credentials are of no use any more. */
  readonly stoppedBy: string | undefined;
  readonly exitCode: 0 | 3;
}

/** The least IAM policy for a selection. Throws `UsageError`. */
export function snapshotPolicy(selection: SnapshotSelection): string {
  checkServices(selection);
  return leastPolicy(collectorsOf(selection.only, selection.skip, selection.isDeep));
}

/** Reads an AWS account into a folder, which is written whole or not at all. Throws `UsageError`. */
export async function snapshotAws(options: SnapshotOptions): Promise<SnapshotResult> {
  checkServices(options);
  const session = await (options.open ?? openSession)(options.access);
  try {
    const home = options.regions[0] ?? (await session.homeRegion());
    if (home === undefined) throw new UsageError('No region is configured: set AWS_REGION, or use --region.');
    const world = worldOf(session.client, options.clock, options.random);
    const caller = await readCaller(world, home);
    const folder = openFolder(options, caller);
    try {
      return await collectInto(folder, world, { options, caller, home });
    } finally {
      folder.release();
    }
  } finally {
    session.close();
  }
}

interface Caller {
  readonly arn: string;
  readonly account: string;
}

async function collectInto(
  folder: OpenedFolder,
  world: World,
  { options, caller, home }: { readonly options: SnapshotOptions; readonly caller: Caller; readonly home: string },
): Promise<SnapshotResult> {
  const collectors = collectorsOf(options.only, options.skip, options.isDeep);
  const partition = caller.arn.split(':')[1] ?? 'aws';
  const run = await collectAccount(
    world,
    {
      partition,
      account: caller.account,
      home,
      regions: options.regions,
      collectors,
      notSelected: COLLECTORS.filter((collector) => !collectors.includes(collector)),
      key: folder.key,
    },
    folder,
  );
  const ended = { account: caller.account, regions: run.used };
  if (run.stoppedBy !== undefined) {
    const { code, message } = run.stoppedBy;
    return { ...ended, records: 0, gaps: [], stoppedBy: `${code}: ${message}`, exitCode: 3 };
  }
  let gaps: readonly SnapshotGapGroup[] = [];
  const { records } = folder.finish(run.units, run.ledger, (files, records, ledger) => {
    gaps = groupGaps(ledger);
    return toHeader({ options, caller, partition, run, folder }, files, records, gaps.length > 0);
  });
  return { ...ended, records, gaps, stoppedBy: undefined, exitCode: gaps.length > 0 ? 3 : 0 };
}

async function readCaller(world: World, region: string): Promise<Caller> {
  const operation = { call: 'sts:GetCallerIdentity', permission: null };
  const ending = await ask(world, operation, { client: 'sts', operation: 'GetCallerIdentity', region, input: {} });
  if (ending.kind === 'failure')
    throw new UsageError(`AWS does not say who is asking (${ending.code}): ${ending.message}`);
  const account = get(ending.output, 'Account');
  if (account === undefined) throw new UsageError('AWS does not say which account is asked.');
  return { arn: textAt(ending.output, 'Arn'), account: String(account) };
}

type OpenedFolder = SnapshotFolder & { readonly key: ReturnType<typeof readSecretKey> };

function openFolder(options: SnapshotOptions, caller: Caller): OpenedFolder {
  const key = readSecretKey(options.environment);
  const identity = {
    schema: SNAPSHOT_SCHEMA,
    tool: options.version,
    account: caller.account,
    selection: selectionOf(options),
    secretKey: key.id,
    startedAt: toSecond(options.clock.now()),
  };
  try {
    return {
      key,
      ...openSnapshotFolder(resolve(options.workingDirectory, options.output), identity, options.isResumed),
    };
  } catch (error) {
    if (error instanceof FolderError) throw new UsageError(`"${options.output}" cannot be written: ${error.message}`);
    throw error;
  }
}

function selectionOf({ only, skip, regions, isDeep = false }: SnapshotOptions): SnapshotHeader['selection'] {
  return { only, skip, regions: regions.length > 0 ? regions : 'all-enabled', ...(isDeep ? { deep: true } : {}) };
}

function toHeader(
  made: {
    readonly options: SnapshotOptions;
    readonly caller: Caller;
    readonly partition: string;
    readonly run: AccountRun;
    readonly folder: OpenedFolder;
  },
  files: SnapshotHeader['files'],
  records: number,
  hasGaps: boolean,
): SnapshotHeader {
  const { options, caller, partition, run, folder } = made;
  return {
    kind: 'trueline-snapshot',
    schema: SNAPSHOT_SCHEMA,
    minReader: 1,
    tool: options.version,
    provider: 'aws',
    partition,
    startedAt: folder.startedAt,
    finishedAt: toSecond(options.clock.now()),
    caller,
    accounts: [{ id: caller.account, name: null, status: hasGaps ? 'gaps' : 'complete', resources: records }],
    regions: run.regions,
    selection: selectionOf(options),
    collectors: Object.fromEntries(
      collectorsOf(options.only, options.skip, options.isDeep).map(({ type, version }) => [type, version]),
    ),
    secretKey: { id: folder.key.id, algorithm: 'hmac-sha256-80' },
    files,
  };
}

const GAP_STATES: ReadonlySet<string> = new Set(['denied', 'throttled', 'truncated', 'failed', 'unreachable']);

function groupGaps(ledger: readonly LedgerLine[]): readonly SnapshotGapGroup[] {
  const groups = new Map<string, LedgerLine[]>();
  for (const line of ledger) {
    if (!GAP_STATES.has(line.state)) continue;
    const key = [line.operation, line.state, line.permission, line.code].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { operation, state, permission, code, message } = first;
    const regions = [...new Set(lines.map(({ region }) => region))];
    const items = lines.filter(({ parent }) => parent !== null).length;
    return [{ operation, state, permission, code, message, regions, items }];
  });
}

function checkServices({ only, skip }: SnapshotSelection): void {
  for (const service of [...only, ...skip]) {
    if (!SERVICES.includes(service))
      throw new UsageError(`"${service}" is not a service: ${SERVICES.join(', ')}.${suggest(service, SERVICES)}`);
  }
}
