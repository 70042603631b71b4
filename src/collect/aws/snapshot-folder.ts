import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LedgerLine, SnapshotAccount, SnapshotHeader, SnapshotRegion } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import { invariant } from '../../source/invariant.js';
import type { Unit } from './collect-account.js';
import type { AccountClosing, AccountStores } from './collect-accounts.js';
import type { Collected } from './collect-type.js';
import { concatDurably, copyDurably, type FileFacts, writeDurably, writeLines } from './durable-files.js';
import { groupGaps, type SnapshotGapGroup } from './gap-groups.js';
import { settle } from './json.js';
import { compareRecords, compareUsage, toLedger } from './snapshot-lines.js';

const PARTIAL = '.partial';
const HEADER = 'snapshot.json';
const LEDGER = 'ledger.ndjson';
const RESOURCES = 'resources';
const USAGE = 'usage';
const RUN = 'run.json';

/** What two halves of a snapshot must have in common. */
export interface RunIdentity {
  readonly schema: number;
  readonly tool: string;
  /** Of who asks. */
  readonly account: string;
  /** Which accounts are read, and as whom. */
  readonly targets: unknown;
  readonly selection: SnapshotHeader['selection'];
  readonly secretKey: string;
  readonly startedAt: string;
}

/** An account that is done, as it is kept until all are. */
export interface ClosedAccount extends SnapshotAccount {
  readonly regions: readonly SnapshotRegion[];
  readonly used: number;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly gaps: readonly SnapshotGapGroup[];
  /** A later run need not ask anything again; `denied`: unless what was denied may be granted now. */
  readonly settled: 'all' | 'denied' | 'none';
}

/** A folder that is written, whole or not at all: its header comes last. */
export interface SnapshotFolder extends AccountStores {
  readonly startedAt: string;
  /** Puts the accounts together, writes the header and puts the folder in its place. */
  finish(toHeader: ToHeader): readonly ClosedAccount[];
  /** Lets go of it unfinished: what was done is there for `--resume`. */
  release(): void;
}

export type ToHeader = (files: SnapshotHeader['files'], accounts: readonly ClosedAccount[]) => SnapshotHeader;

/** Why a folder cannot be written. */
export class FolderError extends Error {}

export interface FolderOptions {
  readonly isResumed: boolean;
  /** What was denied is asked for again. */
  readonly retryDenied?: boolean | undefined;
  /** However old the half is that is there. */
  readonly resumeAnyway?: boolean | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/** The halves of an older one would be of two times. */
const OLDEST_RESUMED_MS = 24 * 60 * 60_000;

/** Opens a folder; one that is finished stays until the new one is. Throws `FolderError`. */
export function openSnapshotFolder(output: string, identity: RunIdentity, options: FolderOptions): SnapshotFolder {
  try {
    return openFolder(output, identity, options);
  } catch (error) {
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
    throw code === undefined ? error : new FolderError(REFUSALS[code] ?? `The system says ${code}.`);
  }
}

/** What a system says of a place that cannot be written. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'Writing there is not permitted.',
  ENOENT: 'No folder can be made there.',
  ENOSPC: 'No space is left there.',
  ENOTDIR: 'It, or what it lies in, is a file.',
  EPERM: 'Writing there is not permitted.',
  EROFS: 'What is there can only be read.',
};

/** Folder by folder: where the system makes none and says that something is missing, Node tries for ever to make all at once. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path)) throw error;
  }
}

function openFolder(output: string, identity: RunIdentity, options: FolderOptions): SnapshotFolder {
  const isFinished = existsSync(join(output, HEADER));
  if (!isFinished && namesIn(output).some((name) => !isOurs(name)))
    throw new FolderError('The folder is not empty, and no snapshot.');
  const folder = isFinished ? `${output}.new` : output;
  const partial = join(folder, PARTIAL);
  const run = join(partial, RUN);
  const { isResumed } = options;
  if (existsSync(run) && !isResumed)
    throw new FolderError(
      `An unfinished snapshot is ${isFinished ? 'beside it (.new)' : 'there'}: --resume goes on with it, or remove it.`,
    );
  if (isResumed && !existsSync(run)) throw new FolderError('No unfinished snapshot is there to resume.');
  makeFolder(partial);
  const lock = takeLock(partial);
  try {
    const earlier: RunIdentity | undefined = existsSync(run) ? JSON.parse(readFileSync(run, 'utf8')) : undefined;
    if (earlier === undefined) writeDurably(run, `${JSON.stringify(identity)}\n`);
    else resume({ folder, partial, earlier, identity }, options);
    return {
      startedAt: (earlier ?? identity).startedAt,
      ...storesIn(partial),
      finish: (toHeader) => {
        const closed = putTogether(folder, partial, toHeader);
        rmSync(partial, { recursive: true, force: true });
        if (isFinished) swap(folder, output);
        return closed;
      },
      release: () => rmSync(lock, { force: true }),
    };
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
}

/** What a run leaves that was stopped, at the latest while it put its accounts together. */
function isOurs(name: string): boolean {
  return [PARTIAL, RESOURCES, USAGE, LEDGER, `${LEDGER}.tmp`, `${HEADER}.tmp`].includes(name);
}

/** Leaves of the earlier run what need not be done again. */
function resume(
  run: {
    readonly folder: string;
    readonly partial: string;
    readonly earlier: RunIdentity;
    readonly identity: RunIdentity;
  },
  { retryDenied, resumeAnyway, now }: FolderOptions,
): void {
  const { folder, partial, earlier, identity } = run;
  if (!isSame(earlier, identity))
    throw new FolderError('The unfinished snapshot is of other accounts, another selection, key or version.');
  if (now - Date.parse(earlier.startedAt) > OLDEST_RESUMED_MS && resumeAnyway !== true)
    throw new FolderError(
      `The unfinished snapshot was begun at ${earlier.startedAt}, more than a day ago: --resume-anyway goes on all the same, or remove it.`,
    );
  // What stopped while it was put together is put together anew.
  for (const name of [RESOURCES, USAGE, LEDGER]) rmSync(join(folder, name), { recursive: true, force: true });
  forgetFailed(partial, retryDenied === true);
}

const UNITS = 'units';
const CLOSED = 'closed';

/** Keeps units, and closed accounts, in a folder of each. */
function storesIn(partial: string): AccountStores {
  const fileOf = (account: string, { region, type }: Unit) =>
    join(partial, UNITS, account, `${region}.${type.replaceAll(':', '-')}.json`);
  return {
    isClosed: (account) => existsSync(join(partial, CLOSED, account, 'account.json')),
    of: (account) => ({
      read: (unit) => readUnit(fileOf(account, unit)),
      write: (unit, collected) => writeDurably(fileOf(account, unit), JSON.stringify(collected)),
    }),
    close: (account, closing) => {
      const collected = closing.units.map((unit) => {
        const read = readUnit(fileOf(account, unit));
        invariant(read !== undefined, `nothing was written of ${unit.type} in ${account}, ${unit.region}`);
        return read;
      });
      close(join(partial, CLOSED, account), account, closing, collected);
    },
  };
}

function readUnit(file: string): Collected | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Writes the files of an account, and last what says that it is done. */
function close(folder: string, id: string, closing: AccountClosing, collected: readonly Collected[]): void {
  const { name, regions, used } = closing;
  const ledger = toLedger([...closing.ledger, ...collected.flatMap((each) => each.ledger)]);
  const records = groupByFile(
    RESOURCES,
    collected.flatMap((each) => each.records),
    compareRecords,
  );
  const usage = groupByFile(
    USAGE,
    collected.flatMap((each) => each.usage),
    compareUsage,
  );
  rmSync(folder, { recursive: true, force: true });
  writeLines(join(folder, LEDGER), ledger);
  const files: Record<string, FileFacts> = {};
  for (const [path, lines] of [...records, ...usage]) files[path] = writeLines(join(folder, path), lines);
  const gaps = groupGaps(ledger);
  const status = closing.status ?? (gaps.length > 0 ? 'gaps' : 'complete');
  const account: ClosedAccount = {
    id,
    name,
    status,
    resources: collected.reduce((sum, each) => sum + each.records.length, 0),
    regions,
    used,
    files,
    gaps,
    settled: settledOf(ledger),
  };
  writeDurably(join(folder, 'account.json'), `${JSON.stringify(account)}\n`);
}

/** The lines of each file, in order. */
function groupByFile<Line extends { readonly account: string; readonly region: string }>(
  folder: string,
  lines: readonly Line[],
  compare: (a: Line, b: Line) => number,
): readonly (readonly [path: string, lines: readonly Line[]])[] {
  const byFile = new Map<string, Line[]>();
  for (const line of lines) {
    const path = `${folder}/${line.account}/${line.region}.ndjson`;
    const others = byFile.get(path);
    if (others === undefined) byFile.set(path, [line]);
    else others.push(line);
  }
  return [...byFile].sort(([a], [b]) => compareText(a, b)).map(([path, own]) => [path, own.sort(compare)]);
}

/** Removes what must be done again: a denial is an answer, a failure is none. */
function forgetFailed(partial: string, retryDenied: boolean): void {
  const isToRedo = (settled: ClosedAccount['settled']) => settled === 'none' || (settled === 'denied' && retryDenied);
  for (const account of namesIn(join(partial, CLOSED))) {
    const folder = join(partial, CLOSED, account);
    const file = join(folder, 'account.json');
    const closed: ClosedAccount | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (closed === undefined || isToRedo(closed.settled)) rmSync(folder, { recursive: true, force: true });
  }
  for (const account of namesIn(join(partial, UNITS))) {
    for (const name of namesIn(join(partial, UNITS, account))) {
      const file = join(partial, UNITS, account, name);
      const unit = name.endsWith('.json') ? readUnit(file) : undefined;
      if (unit === undefined || isToRedo(settledOf(unit.ledger))) rmSync(file);
    }
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

const FAILED: ReadonlySet<LedgerLine['state']> = new Set(['throttled', 'truncated', 'failed', 'unreachable']);

function settledOf(ledger: readonly LedgerLine[]): ClosedAccount['settled'] {
  if (ledger.some(({ state }) => FAILED.has(state))) return 'none';
  return ledger.some(({ state }) => state === 'denied') ? 'denied' : 'all';
}

/** One account after the other, so that only one is held at a time. */
function putTogether(folder: string, partial: string, toHeader: ToHeader): readonly ClosedAccount[] {
  const names = [...namesIn(join(partial, CLOSED))].sort(compareText);
  const files: Record<string, FileFacts> = {};
  const ledgers = names.map((account) => join(partial, CLOSED, account, LEDGER));
  files[LEDGER] = concatDurably(join(folder, LEDGER), ledgers);
  const accounts = names.map((account): ClosedAccount => {
    const closed: ClosedAccount = JSON.parse(readFileSync(join(partial, CLOSED, account, 'account.json'), 'utf8'));
    for (const [path, facts] of Object.entries(closed.files)) {
      copyDurably(join(partial, CLOSED, account, path), join(folder, path));
      files[path] = facts;
    }
    return closed;
  });
  writeDurably(join(folder, HEADER), `${JSON.stringify(toHeader(files, accounts), null, 2)}\n`);
  return accounts;
}

function swap(folder: string, output: string): void {
  const old = `${output}.old`;
  rmSync(old, { recursive: true, force: true });
  renameSync(output, old);
  renameSync(folder, output);
  rmSync(old, { recursive: true, force: true });
}

/** Two writers would write a snapshot of two times. */
function takeLock(partial: string): string {
  const lock = join(partial, 'lock');
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (isRunning(pid)) throw new FolderError(`Process ${pid} writes this snapshot.`);
  rmSync(lock, { force: true });
  writeDurably(join(partial, `lock.${process.pid}`), String(process.pid));
  try {
    // Of two that begin at once only one makes it.
    closeSync(openSync(lock, 'wx'));
  } catch {
    throw new FolderError('Another process writes this snapshot.');
  }
  renameSync(join(partial, `lock.${process.pid}`), lock);
  return lock;
}

function isRunning(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isSame(a: RunIdentity, b: RunIdentity): boolean {
  const bare = ({ startedAt: _, ...rest }: RunIdentity) => JSON.stringify(settle(rest as never));
  return bare(a) === bare(b);
}
