import type { FileFacts } from './collect/aws/durable-files.js';
import {
  SNAPSHOT_SCHEMA,
  type SnapshotAccount,
  type SnapshotHeader,
  type SnapshotRegion,
  type SnapshotSource,
} from './model/snapshot.js';

/** The header of a snapshot that was put together of others. */
export function mergedHeader(
  headers: readonly SnapshotHeader[],
  made: {
    readonly tool: string;
    readonly accounts: readonly SnapshotAccount[];
    readonly files: Readonly<Record<string, FileFacts>>;
  },
): SnapshotHeader {
  const newest = [...headers].sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))[0] as SnapshotHeader;
  return {
    ...newest,
    schema: SNAPSHOT_SCHEMA,
    minReader: Math.max(...headers.map(({ minReader }) => minReader)),
    tool: made.tool,
    startedAt: headers.map(({ startedAt }) => startedAt).sort()[0] ?? newest.startedAt,
    accounts: made.accounts,
    selection: mergedSelection(headers.map(({ selection }) => selection)),
    collectors: Object.assign({}, ...headers.map(({ collectors }) => collectors)),
    files: made.files,
    sources: headers.flatMap((header) => header.sources ?? [toSource(header)]),
  };
}

function toSource({ tool, startedAt, finishedAt, caller }: SnapshotHeader): SnapshotSource {
  return { tool, startedAt, finishedAt, caller };
}

type Selection = SnapshotHeader['selection'];

/** What one of them selected is selected; what all of them left out is left out. */
function mergedSelection(selections: readonly Selection[]): Selection {
  const isAll = selections.some(({ only }) => only.length === 0);
  const [first, ...others] = selections;
  const skip = (first?.skip ?? []).filter((service) => others.every((other) => other.skip.includes(service)));
  const regions = selections.flatMap((selection) => (selection.regions === 'all-enabled' ? [] : selection.regions));
  const isEverywhere = selections.some((selection) => selection.regions === 'all-enabled');
  const kinds = new Set(selections.map(({ accounts }) => accounts));
  const accounts = kinds.size === 1 ? first?.accounts : 'listed';
  return {
    only: isAll ? [] : [...new Set(selections.flatMap(({ only }) => only))].sort(),
    skip,
    regions: isEverywhere ? 'all-enabled' : [...new Set(regions)].sort(),
    ...(accounts === undefined ? {} : { accounts }),
  };
}

/** The regions of an account, as the newest snapshot that knows them has them. */
export function regionsOf({ accounts, regions }: SnapshotHeader, id: string): readonly SnapshotRegion[] {
  return accounts.find((account) => account.id === id)?.regions ?? regions;
}
