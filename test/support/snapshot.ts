import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadShippedPolicies } from '../../scripts/compile-policies.js';
import {
  evaluateSnapshot,
  type SnapshotReading,
  type SnapshotResult,
} from '../../src/evaluate/snapshot/evaluate-snapshot.js';
import type { Evaluation } from '../../src/findings/evaluation.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import type {
  LedgerLine,
  SnapshotFeeds,
  SnapshotHeader,
  SnapshotRecord,
  SnapshotVersions,
} from '../../src/model/snapshot.js';
import { evaluatePolicies } from '../../src/policy/index.js';
import { policyShapes } from '../../src/read-project.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { memoryFileSystem } from './memory-file-system.js';
import { readFixture } from './read-fixture.js';
import { snapshotFeeds } from './snapshot-feeds.js';

const root = join(import.meta.dirname, '..', '..');

/** The lines of a snapshot, to be changed, and its header without what it says of files. */
export interface SnapshotParts {
  readonly header: Omit<SnapshotHeader, 'files'>;
  readonly ledger: readonly LedgerLine[];
  /** File → records. */
  readonly records: Readonly<Record<string, readonly SnapshotRecord[]>>;
}

/** The files of a fixture in a folder `snap`. */
export function readOrchard(): Record<string, string> {
  const { files } = readFixture(join(root, 'fixtures', 'snapshot', 'orchard'));
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`snap/${path}`, Buffer.from(bytes).toString('utf8')]),
  );
}

export function partsOf(files: Readonly<Record<string, string>>): SnapshotParts {
  const { files: _, ...header }: SnapshotHeader = JSON.parse(files['snap/snapshot.json'] ?? '');
  const lines = <T>(text: string): T[] => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const records = Object.entries(files).filter(([path]) => path.startsWith('snap/resources/'));
  return {
    header,
    ledger: lines<LedgerLine>(files['snap/ledger.ndjson'] ?? ''),
    records: Object.fromEntries(
      records.map(([path, text]) => [path.slice('snap/'.length), lines<SnapshotRecord>(text)]),
    ),
  };
}

/** A whole snapshot of its parts, as a collector writes it. */
export function sealSnapshot({ header, ledger, records }: SnapshotParts): Record<string, string> {
  const files: Record<string, string> = {};
  const listed: Record<string, { lines: number; sha256: string }> = {};
  for (const [name, lines] of [['ledger.ndjson', ledger] as const, ...Object.entries(records)]) {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    files[`snap/${name}`] = text;
    listed[name] = { lines: lines.length, sha256: createHash('sha256').update(text).digest('hex') };
  }
  return { ...files, 'snap/snapshot.json': `${JSON.stringify({ ...header, files: listed }, null, 2)}\n` };
}

export function readSnapshot(
  files: Readonly<Record<string, string>>,
  feeds = snapshotFeeds(),
  versions?: SnapshotVersions,
): SnapshotReading {
  return evaluateSnapshot({
    fileSystem: memoryFileSystem(files),
    folder: 'snap',
    feeds,
    versions,
    cloudFormation: cloudFormationSchemas,
    terraform: providerSchemas,
    rootOf: (account) => account,
  });
}

export function resultOf(
  files: Readonly<Record<string, string>>,
  feeds?: SnapshotFeeds,
  versions?: SnapshotVersions,
): SnapshotResult {
  const reading = readSnapshot(files, feeds, versions);
  if ('unknownKind' in reading) throw new Error(`"${reading.unknownKind}" is no snapshot.`);
  return reading.result;
}

const policies = loadShippedPolicies(root);

/** What every shipped policy says of a snapshot. */
export function judgeSnapshot({ resources, extents }: SnapshotResult): readonly Evaluation[] {
  const { graph } = buildGraph({ resources, extents, unreadModules: [], schemas: providerSchemas });
  return evaluatePolicies(graph, policies, { now: '2026-11-22', shapes: policyShapes() });
}
