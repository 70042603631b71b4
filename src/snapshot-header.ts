import type { Caller } from './collect/aws/accounts.js';
import { collectorsOf } from './collect/aws/collectors.js';
import type { ClosedAccount } from './collect/aws/snapshot-folder.js';
import { SNAPSHOT_SCHEMA, type SnapshotHeader, type SnapshotRegion } from './model/snapshot.js';
import { partitionOf } from './snapshot-targets.js';

export interface HeaderParts {
  readonly tool: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly caller: Caller;
  readonly selection: SnapshotHeader['selection'];
  readonly secretKey: string;
  readonly files: SnapshotHeader['files'];
  readonly accounts: readonly ClosedAccount[];
}

/** The header of a snapshot that is whole. */
export function snapshotHeader(parts: HeaderParts): SnapshotHeader {
  const { tool, startedAt, finishedAt, caller, selection, secretKey, files, accounts } = parts;
  const regions = usualRegions(accounts);
  const usual = JSON.stringify(regions);
  return {
    kind: 'trueline-snapshot',
    schema: SNAPSHOT_SCHEMA,
    minReader: 1,
    tool,
    provider: 'aws',
    partition: partitionOf(caller),
    startedAt,
    finishedAt,
    caller,
    accounts: accounts.map(({ id, name, status, resources, regions: own }) => ({
      id,
      name,
      status,
      resources,
      ...(JSON.stringify(own) === usual ? {} : { regions: own }),
    })),
    regions,
    selection,
    collectors: Object.fromEntries(
      collectorsOf(selection.only, selection.skip, selection.deep).map(({ type, version }) => [type, version]),
    ),
    secretKey: { id: secretKey, algorithm: 'hmac-sha256-80' },
    files,
  };
}

/** The regions that most accounts have; that of an account which was not reached says nothing. */
function usualRegions(accounts: readonly ClosedAccount[]): readonly SnapshotRegion[] {
  const counts = new Map<string, { readonly regions: readonly SnapshotRegion[]; count: number }>();
  for (const { regions, status } of accounts) {
    if (status === 'unreachable') continue;
    const key = JSON.stringify(regions);
    const known = counts.get(key) ?? { regions, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.regions ?? [];
}
