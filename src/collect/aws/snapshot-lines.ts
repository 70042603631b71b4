import type { LedgerLine, SnapshotRecord, SnapshotUsage } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';

/** In order, and one line where several collectors asked for the same: its worst ending counts. */
export function toLedger(lines: readonly LedgerLine[]): readonly LedgerLine[] {
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

/** The order of lines in a file of records. */
export function compareRecords(a: SnapshotRecord, b: SnapshotRecord): number {
  return compareText(a.type, b.type) || compareText(a.arn ?? '', b.arn ?? '') || compareText(a.id, b.id);
}

/** The order of lines in a file of usage. */
export function compareUsage(a: SnapshotUsage, b: SnapshotUsage): number {
  return compareText(a.type, b.type) || compareText(a.id, b.id);
}
