import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { LedgerLine, SnapshotHeader, SnapshotRecord, SnapshotUsage } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import type { Store, Unit } from './collect-account.js';
import type { Collected } from './collect-type.js';
import { settle } from './json.js';

const PARTIAL = '.partial';
const HEADER = 'snapshot.json';
const RUN = 'run.json';

/** What two halves of a snapshot must have in common. */
export interface RunIdentity {
  readonly schema: number;
  readonly tool: string;
  readonly account: string;
  readonly selection: SnapshotHeader['selection'];
  readonly secretKey: string;
  readonly startedAt: string;
}

/** A folder that is written, whole or not at all: its header comes last. */
export interface SnapshotFolder extends Store {
  readonly startedAt: string;
  /** Merges the units, writes the header and puts the folder in its place. */
  finish(units: readonly Unit[], ledger: readonly LedgerLine[], toHeader: ToHeader): { readonly records: number };
  /** Lets go of it unfinished: what was done is there for `--resume`. */
  release(): void;
}

export type ToHeader = (
  files: SnapshotHeader['files'],
  records: number,
  ledger: readonly LedgerLine[],
) => SnapshotHeader;

/** Why a folder cannot be written. */
export class FolderError extends Error {}

/** Opens a folder; one that is finished stays until the new one is. Throws `FolderError`. */
export function openSnapshotFolder(output: string, identity: RunIdentity, isResumed: boolean): SnapshotFolder {
  const isFinished = existsSync(join(output, HEADER));
  if (!isFinished && existsSync(output) && readdirSync(output).some((name) => name !== PARTIAL))
    throw new FolderError('The folder is not empty, and no snapshot.');
  const folder = isFinished ? `${output}.new` : output;
  const partial = join(folder, PARTIAL);
  const lock = join(partial, 'lock');
  const run = join(partial, RUN);
  if (existsSync(run) && !isResumed)
    throw new FolderError(
      `An unfinished snapshot is ${isFinished ? 'beside it (.new)' : 'there'}: --resume goes on with it, or remove it.`,
    );
  if (isResumed && !existsSync(run)) throw new FolderError('No unfinished snapshot is there to resume.');
  mkdirSync(partial, { recursive: true });
  takeLock(lock);
  const earlier: RunIdentity | undefined = existsSync(run) ? JSON.parse(readFileSync(run, 'utf8')) : undefined;
  if (earlier !== undefined && !isSame(earlier, identity)) {
    rmSync(lock);
    throw new FolderError('The unfinished snapshot is of another account, selection, key or version.');
  }
  if (earlier !== undefined) forgetFailed(partial);
  if (earlier === undefined) writeDurably(run, `${JSON.stringify(identity)}\n`);
  return {
    startedAt: (earlier ?? identity).startedAt,
    ...storeIn(partial),
    finish: (units, ledger, toHeader) => {
      const finished = merge(folder, storeIn(partial), units, ledger, toHeader);
      rmSync(partial, { recursive: true, force: true });
      if (isFinished) swap(folder, output);
      return finished;
    },
    release: () => rmSync(lock, { force: true }),
  };
}

function storeIn(partial: string): Store {
  const fileOf = ({ region, type }: Unit) => join(partial, `${region}.${type.replaceAll(':', '-')}.json`);
  return {
    read: (unit) => {
      const file = fileOf(unit);
      return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    },
    write: (unit, collected) => writeDurably(fileOf(unit), JSON.stringify(collected)),
  };
}

/** Removes what must be done again: a denial is an answer, a failure is none. */
function forgetFailed(partial: string): void {
  for (const name of readdirSync(partial)) {
    if (!name.endsWith('.json') || name === RUN) continue;
    const { ledger }: Collected = JSON.parse(readFileSync(join(partial, name), 'utf8'));
    if (!ledger.every(({ state }) => isSettled(state))) rmSync(join(partial, name));
  }
}

function isSettled(state: LedgerLine['state']): boolean {
  return state === 'collected' || state === 'denied' || state === 'not-enabled' || state === 'not-opted-in';
}

function merge(
  folder: string,
  store: Store,
  units: readonly Unit[],
  ledger: readonly LedgerLine[],
  toHeader: ToHeader,
): { readonly records: number } {
  const collected = units.map((unit) => store.read(unit)).filter((each): each is Collected => each !== undefined);
  const lines = toLedger([...ledger, ...collected.flatMap((each) => each.ledger)]);
  const byFile = groupByFile(
    'resources',
    collected.flatMap(({ records }) => records),
  );
  const usage = groupByFile(
    'usage',
    collected.flatMap((each) => each.usage),
  );
  const files: Record<string, { lines: number; sha256: string }> = {};
  const write = (path: string, values: readonly object[]) => {
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeDurably(join(folder, path), text);
    files[path] = { lines: values.length, sha256: createHash('sha256').update(text).digest('hex') };
  };
  write('ledger.ndjson', lines);
  let records = 0;
  for (const path of [...byFile.keys()].sort(compareText)) {
    const sorted = (byFile.get(path) ?? []).sort(compareRecords);
    records += sorted.length;
    write(path, sorted);
  }
  for (const path of [...usage.keys()].sort(compareText)) write(path, (usage.get(path) ?? []).sort(compareUsage));
  writeDurably(join(folder, HEADER), `${JSON.stringify(toHeader(files, records, lines), null, 2)}\n`);
  return { records };
}

/** In order, and one line where several collectors asked for the same: its worst ending counts. */
function toLedger(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const byKey = new Map<string, LedgerLine>();
  for (const line of lines) {
    const key = [line.account, line.region, line.operation, line.parent ?? ''].join('\0');
    const other = byKey.get(key);
    if (other === undefined || weightOf(line) > weightOf(other)) byKey.set(key, line);
    else if (weightOf(line) === weightOf(other))
      byKey.set(key, { ...other, items: Math.max(other.items, line.items), pages: Math.max(other.pages, line.pages) });
  }
  return [...byKey.entries()].sort(([a], [b]) => compareText(a, b)).map(([, line]) => line);
}

function weightOf({ state }: LedgerLine): number {
  return state === 'not-selected' ? 0 : state === 'collected' ? 1 : 2;
}

function groupByFile<Line extends { readonly account: string; readonly region: string }>(
  folder: string,
  lines: readonly Line[],
): Map<string, Line[]> {
  const byFile = new Map<string, Line[]>();
  for (const line of lines) {
    const path = `${folder}/${line.account}/${line.region}.ndjson`;
    const others = byFile.get(path);
    if (others === undefined) byFile.set(path, [line]);
    else others.push(line);
  }
  return byFile;
}

function compareUsage(a: SnapshotUsage, b: SnapshotUsage): number {
  return compareText(a.type, b.type) || compareText(a.id, b.id);
}

function compareRecords(a: SnapshotRecord, b: SnapshotRecord): number {
  return compareText(a.type, b.type) || compareText(a.arn ?? '', b.arn ?? '') || compareText(a.id, b.id);
}

/** A file is there whole or not at all, also when the machine stops. */
function writeDurably(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  writeFileSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, path);
}

function swap(folder: string, output: string): void {
  const old = `${output}.old`;
  rmSync(old, { recursive: true, force: true });
  renameSync(output, old);
  renameSync(folder, output);
  rmSync(old, { recursive: true, force: true });
}

/** Two writers would write a snapshot of two times. */
function takeLock(lock: string): void {
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (isRunning(pid)) throw new FolderError(`Process ${pid} writes this snapshot.`);
  }
  writeDurably(lock, String(process.pid));
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
