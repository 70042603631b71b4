import type { LedgerLine } from '../../model/snapshot.js';

/** What could not be seen, once for an operation and how it ended. */
export interface SnapshotGapGroup {
  readonly operation: string;
  readonly state: LedgerLine['state'];
  readonly permission: string | null;
  readonly code: string | null;
  /** As the service said it first. */
  readonly message: string | null;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Single items of which it failed; none where it failed as a whole. */
  readonly items: number;
}

const GAP_STATES: ReadonlySet<string> = new Set(['denied', 'throttled', 'truncated', 'failed', 'unreachable']);

/** The gaps of a ledger. */
export function groupGaps(ledger: readonly LedgerLine[]): readonly SnapshotGapGroup[] {
  return mergeGaps(
    ledger
      .filter(({ state }) => GAP_STATES.has(state))
      .map(({ operation, state, permission, code, message, account, region, parent }) => ({
        operation,
        state,
        permission,
        code,
        message,
        accounts: [account],
        regions: [region],
        items: parent === null ? 0 : 1,
      })),
  );
}

/** The same gap is one, in however many accounts it is. */
export function mergeGaps(groups: readonly SnapshotGapGroup[]): readonly SnapshotGapGroup[] {
  const merged = new Map<
    string,
    { first: SnapshotGapGroup; accounts: Set<string>; regions: Set<string>; items: number }
  >();
  for (const group of groups) {
    const key = [group.operation, group.state, group.permission, group.code].join('\0');
    const known = merged.get(key) ?? { first: group, accounts: new Set(), regions: new Set(), items: 0 };
    for (const account of group.accounts) known.accounts.add(account);
    for (const region of group.regions) known.regions.add(region);
    known.items += group.items;
    merged.set(key, known);
  }
  return [...merged.values()].map(({ first, accounts, regions, items }) => ({
    ...first,
    accounts: [...accounts],
    regions: [...regions],
    items,
  }));
}
