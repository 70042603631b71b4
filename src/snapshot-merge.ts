import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COLLECTORS } from './collect/aws/collectors.js';
import { concatDurably, copyDurably, type FileFacts, writeDurably, writeLines } from './collect/aws/durable-files.js';
import { groupGaps } from './collect/aws/gap-groups.js';
import { mergeAccount } from './collect/aws/merge-account.js';
import { FolderError } from './collect/aws/snapshot-folder.js';
import { compareRecords, compareUsage } from './collect/aws/snapshot-lines.js';
import { openSnapshotSource, type SnapshotSource } from './collect/aws/snapshot-source.js';
import type { SnapshotAccount, SnapshotHeader, SnapshotRecord, SnapshotUsage } from './model/snapshot.js';
import { UsageError } from './project.js';
import { mergedHeader, regionsOf } from './snapshot-merged-header.js';

export interface SnapshotMergeOptions {
  readonly workingDirectory: string;
  readonly folders: readonly string[];
  readonly output: string;
  readonly version: string;
}

export interface SnapshotMerge {
  readonly accounts: readonly SnapshotAccount[];
  readonly records: number;
  readonly exitCode: 0 | 3;
}

/** Snapshots → one folder that has the newest of each of their scopes. Throws `UsageError`. */
export function mergeSnapshots(options: SnapshotMergeOptions): SnapshotMerge {
  const { workingDirectory, folders, output, version } = options;
  const sources = folders.map((folder) => openSource(workingDirectory, folder));
  checkTogether(sources.map(({ header }) => header));
  const target = resolve(workingDirectory, output);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new UsageError(`"${output}" cannot be written: the folder is not empty.`);
  const ids = [...new Set(sources.flatMap(({ header }) => header.accounts.map(({ id }) => id)))].sort();
  const files: Record<string, FileFacts> = {};
  const ledgerOf = (id: string) => join(target, '.partial', `${id}.ndjson`);
  const accounts = ids.map((id) => writeAccount(id, sources, { target, ledger: ledgerOf(id), files }));
  const facts = { 'ledger.ndjson': concatDurably(join(target, 'ledger.ndjson'), ids.map(ledgerOf)), ...files };
  const others = copyOthers(sources, target);
  const headers = sources.map(({ header }) => header);
  const header = mergedHeader(headers, { tool: version, accounts, files: { ...facts, ...others } });
  writeDurably(join(target, 'snapshot.json'), `${JSON.stringify(header, null, 2)}\n`);
  rmSync(join(target, '.partial'), { recursive: true, force: true });
  return {
    accounts,
    records: accounts.reduce((sum, { resources }) => sum + resources, 0),
    exitCode: accounts.every(({ status }) => status === 'complete') ? 0 : 3,
  };
}

function openSource(workingDirectory: string, folder: string): SnapshotSource {
  try {
    return openSnapshotSource(resolve(workingDirectory, folder));
  } catch (error) {
    if (error instanceof FolderError) throw new UsageError(`"${folder}" cannot be merged: ${error.message}`);
    throw error;
  }
}

/** What would make one snapshot say two things. */
function checkTogether([first, ...others]: readonly SnapshotHeader[]): void {
  for (const other of others) {
    if (other.partition !== first?.partition)
      throw new UsageError(`The snapshots are of two partitions: "${first?.partition}" and "${other.partition}".`);
    if (other.secretKey.id !== first.secretKey.id)
      throw new UsageError(
        'The hashes of their secrets were made with two keys: the same secret would seem to be two.',
      );
    const type = Object.keys(other.collectors).find((name) => {
      const version = first.collectors[name];
      return version !== undefined && version !== other.collectors[name];
    });
    if (type !== undefined)
      throw new UsageError(`"${type}" was collected as two versions: take the older snapshot anew.`);
  }
}

/** Writes the files of an account. One that was not reached has nothing to give where another was. */
function writeAccount(
  id: string,
  sources: readonly SnapshotSource[],
  { target, ledger, files }: { readonly target: string; readonly ledger: string; files: Record<string, FileFacts> },
): SnapshotAccount {
  const statusIn = ({ header }: SnapshotSource) => header.accounts.find((account) => account.id === id)?.status;
  const having = sources.filter((source) => statusIn(source) !== undefined);
  const reached = having.filter((source) => statusIn(source) !== 'unreachable');
  const parts = reached.length > 0 ? reached : having;
  const merged = mergeAccount(
    parts.map((source) => ({ ledger: source.ledger(id), finishedAt: source.header.finishedAt })),
    COLLECTORS,
  );
  writeLines(ledger, merged.ledger);
  let resources = 0;
  for (const file of filesOf(id, parts)) {
    const lines = parts.flatMap((source, part) =>
      source.lines<SnapshotRecord & SnapshotUsage>(file).filter((line) => merged.isTaken(part, line)),
    );
    if (lines.length === 0) continue;
    const isRecords = file.startsWith('resources/');
    if (isRecords) resources += lines.length;
    files[file] = writeLines(join(target, file), lines.sort(isRecords ? compareRecords : compareUsage));
  }
  const newest = [...parts].sort((a, b) => (a.header.finishedAt < b.header.finishedAt ? 1 : -1))[0];
  const gaps = groupGaps(merged.ledger);
  const isReached = reached.length > 0;
  return {
    id,
    name: parts.flatMap(({ header }) => header.accounts.find((account) => account.id === id)?.name ?? [])[0] ?? null,
    status: !isReached ? 'unreachable' : gaps.length > 0 ? 'gaps' : 'complete',
    resources,
    regions: newest === undefined ? [] : regionsOf(newest.header, id),
  };
}

function filesOf(id: string, parts: readonly SnapshotSource[]): readonly string[] {
  const names = parts.flatMap(({ header }) => Object.keys(header.files));
  return [...new Set(names)].filter((name) => name.split('/')[1] === id).sort();
}

/** What belongs to no account, as what an organization is: that of the newest. */
function copyOthers(sources: readonly SnapshotSource[], target: string): Record<string, FileFacts> {
  const files: Record<string, FileFacts> = {};
  const oldestFirst = [...sources].sort((a, b) => (a.header.finishedAt < b.header.finishedAt ? -1 : 1));
  for (const { header, pathOf } of oldestFirst) {
    for (const [name, facts] of Object.entries(header.files)) {
      if (name.includes('/') || name === 'ledger.ndjson') continue;
      copyDurably(pathOf(name), join(target, name));
      files[name] = facts;
    }
  }
  return files;
}
