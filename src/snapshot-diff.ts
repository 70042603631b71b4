import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { collectedFeeds, collectedVersions } from './collect/aws/feeds.js';
import { type ComparedSide, compareGraphs } from './drift/compare-graphs.js';
import type { ValueContext } from './drift/compare-values.js';
import { evaluateSnapshot, type SnapshotResult } from './evaluate/snapshot/evaluate-snapshot.js';
import type { SnapshotComparison } from './findings/snapshot-difference.js';
import { buildGraph } from './graph/build-graph.js';
import { REPEATED } from './graph/record-links.js';
import type { RawResource } from './model/raw-resource.js';
import type { LedgerLine, SnapshotHeader } from './model/snapshot.js';
import { nodeFileSystem } from './node-file-system.js';
import { UsageError } from './project.js';
import type { SnapshotDiffInput } from './report/snapshot-differences.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import { compareText } from './source/compare-text.js';
import { type Diagnostic, severityOf } from './source/diagnostic.js';
import { baseName } from './source/paths.js';

export interface SnapshotDiffOptions {
  readonly workingDirectory: string;
  /** Folders of snapshots. */
  readonly old: string;
  readonly new: string;
}

export interface SnapshotDiff {
  readonly input: SnapshotDiffInput;
  readonly exitCode: 0 | 1 | 3;
}

/** Two snapshots → what differs, on the normal form of both. Throws `UsageError`. */
export function diffSnapshots(options: SnapshotDiffOptions): SnapshotDiff {
  const before = readSnapshot(options.workingDirectory, options.old);
  const after = readSnapshot(options.workingDirectory, options.new);
  const comparison = compareAccounts(before.result, after.result, {
    ignored: REPEATED,
    leftOut: leftOut(before, after),
    hasSameKey: before.header.secretKey.id === after.header.secretKey.id,
  });
  const damage = [...damageOf(before), ...damageOf(after)];
  return {
    input: { ...comparison, old: describe(before), new: describe(after), damage: damage.map(({ message }) => message) },
    exitCode: exitCodeOf(comparison, damage),
  };
}

interface ReadSnapshot {
  readonly folder: string;
  readonly header: SnapshotHeader;
  readonly result: SnapshotResult;
}

function readSnapshot(workingDirectory: string, folder: string): ReadSnapshot {
  const absolute = resolve(workingDirectory, folder);
  if (!existsSync(absolute)) throw new UsageError(`"${folder}" does not exist.`);
  if (!statSync(absolute).isDirectory()) throw new UsageError(`"${folder}" is not the folder of a snapshot.`);
  const reading = evaluateSnapshot({
    fileSystem: nodeFileSystem(dirname(absolute)),
    folder: basename(absolute),
    feeds: collectedFeeds(),
    versions: collectedVersions(),
    cloudFormation: cloudFormationSchemas,
    terraform: providerSchemas,
    rootOf: (account) => account,
  });
  if ('unknownKind' in reading)
    throw new UsageError(`"${folder}" holds a "${reading.unknownKind}", which this release does not read.`);
  const { result } = reading;
  const [header] = result.files;
  // Without accounts its header could not be read, which is all that there is to say.
  if (header === undefined || result.accounts.length === 0)
    throw new UsageError(result.diagnostics[0]?.message ?? `"${folder}" is the snapshot of no account.`);
  return { folder, header: JSON.parse(header.text), result };
}

/** One account after the other: only the graphs of one are held at a time. */
function compareAccounts(before: SnapshotResult, after: SnapshotResult, context: ValueContext): SnapshotComparison {
  const [old, next] = [partsOf(before), partsOf(after)];
  const accounts = [...new Set([...old.keys(), ...next.keys()])].sort(compareText);
  const compared = accounts.map((account) =>
    compareGraphs(toSide(account, old.get(account)), toSide(account, next.get(account)), context),
  );
  return {
    differences: compared.flatMap(({ differences }) => differences),
    incomparable: compared.flatMap(({ incomparable }) => incomparable),
  };
}

type AccountParts = Pick<SnapshotResult, 'extents'> & { readonly resources: RawResource[] };

function partsOf({ resources, extents, accounts }: SnapshotResult): ReadonlyMap<string, AccountParts> {
  const parts = new Map<string, AccountParts>(
    accounts.map(({ root }) => [root, { resources: [], extents: extents.filter((extent) => extent.root === root) }]),
  );
  for (const resource of resources) parts.get(resource.root)?.resources.push(resource);
  return parts;
}

function toSide(account: string, parts: AccountParts | undefined): ComparedSide {
  const { resources, extents } = parts ?? { resources: [], extents: [] };
  const { graph } = buildGraph({ resources, extents, unreadModules: [], schemas: providerSchemas });
  return { graph, accounts: parts === undefined ? [] : [account] };
}

function describe({ folder, header }: ReadSnapshot): SnapshotDiffInput['old'] {
  const { tool, startedAt, finishedAt, selection } = header;
  return { folder, tool, startedAt, finishedAt, only: selection.only, skip: selection.skip };
}

/** Operations that neither snapshot asked for, by `--only` and `--skip`. */
function leftOut(before: ReadSnapshot, after: ReadSnapshot): ReadonlySet<string> {
  const [old, next] = [notSelected(before), notSelected(after)];
  return new Set([...old].filter((operation) => next.has(operation)));
}

function notSelected({ result }: ReadSnapshot): ReadonlySet<string> {
  const ledger = result.files.find(({ path }) => baseName(path) === 'ledger.ndjson');
  const asked = new Set<string>();
  const left = new Set<string>();
  for (const line of ledger?.text.split('\n') ?? []) {
    if (!line.startsWith('{')) continue;
    const { operation, state, parent }: LedgerLine = JSON.parse(line);
    if (state !== 'not-selected') asked.add(operation);
    else if (parent === null) left.add(operation);
  }
  return new Set([...left].filter((operation) => !asked.has(operation)));
}

/** What is wrong with a snapshot itself; its gaps are said where they matter. */
function damageOf({ result }: ReadSnapshot): readonly Diagnostic[] {
  return result.diagnostics.filter(({ code }) => severityOf(code) === 'error' && code !== 'snapshot-gap');
}

function exitCodeOf({ differences, incomparable }: SnapshotComparison, damage: readonly Diagnostic[]): 0 | 1 | 3 {
  // That a short secret may be another one is said, and would be said for ever.
  if (incomparable.some(({ reason }) => reason !== 'secret-withheld') || damage.length > 0) return 3;
  return differences.length > 0 ? 1 : 0;
}
