import type { LedgerLine, SnapshotRecord } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import { isComplete } from './collect-type.js';
import { type Collector, operationsOf } from './collector.js';
import { toLedger } from './snapshot-lines.js';

/** One account as one of several snapshots has it. */
export interface AccountPart {
  readonly ledger: readonly LedgerLine[];
  /** When its snapshot was finished, UTC to the second. */
  readonly finishedAt: string;
}

/** Which part each line is taken of: whole collectors in whole places, never line by line. */
export interface MergedAccount {
  readonly ledger: readonly LedgerLine[];
  /** Whether a record, or what is said of its usage, is taken of the part. */
  isTaken(part: number, line: Pick<SnapshotRecord, 'type' | 'region'>): boolean;
}

/**
 * Puts the parts of an account together: of each collector in each place the newest that saw everything, else the newest
 * whose list is whole, else the newest.
 */
export function mergeAccount(parts: readonly AccountPart[], collectors: readonly Collector[]): MergedAccount {
  const newest = newestOf(parts.map(({ finishedAt }, part) => ({ part, at: finishedAt }))) ?? 0;
  const chosen = new Map<string, number>();
  const lines: LedgerLine[] = [];
  const ofUnits = new Set<string>();
  for (const collector of collectors) {
    const operations = new Set(operationsOf(collector).map(({ call }) => call));
    for (const operation of operations) ofUnits.add(operation);
    const own = parts.map(({ ledger }) => ledger.filter(({ operation }) => operations.has(operation)));
    for (const place of placesOf(collector, own)) {
      const here = own.map((each) => each.filter(({ region }) => isIn(collector, region, place)));
      const best = bestOf(collector, here);
      if (best === undefined) continue;
      chosen.set(unitKey(collector.type, place), best);
      lines.push(...(here[best] ?? []));
    }
  }
  const others = parts.flatMap(({ ledger }) => ledger.filter(({ operation }) => !ofUnits.has(operation)));
  const unitOf = unitsByType(collectors);
  return {
    ledger: toLedger([...lines, ...newestLines(others)]),
    isTaken: (part, { type, region }) => {
      const collector = unitOf(type);
      if (collector === undefined) return part === newest;
      const place = collector.scope === 'account' ? 'global' : region;
      return (chosen.get(unitKey(collector.type, place)) ?? newest) === part;
    },
  };
}

function unitKey(type: string, place: string): string {
  return `${type}\0${place}`;
}

function placesOf({ scope }: Collector, lines: readonly (readonly LedgerLine[])[]): readonly string[] {
  return scope === 'account' ? ['global'] : [...new Set(lines.flat().map(({ region }) => region))].sort();
}

/** Lines of an account's collector may name a region whose items were left out. */
function isIn({ scope }: Collector, region: string, place: string): boolean {
  return scope === 'account' || region === place;
}

/** From nothing at all to everything. */
function rankOf({ list }: Collector, lines: readonly LedgerLine[]): number {
  if (lines.length === 0) return 0;
  if (lines.every(({ state }) => state === 'not-selected')) return 1;
  if (lines.every(({ state }) => isComplete(state))) return 4;
  const deciding = lines.filter(({ operation, parent }) => parent === null && operation === (list?.call ?? operation));
  return deciding.some(({ state }) => isComplete(state)) ? 3 : 2;
}

function bestOf(collector: Collector, here: readonly (readonly LedgerLine[])[]): number | undefined {
  const ranked = here.map((lines, part) => ({
    part,
    rank: rankOf(collector, lines),
    at:
      lines
        .map((line) => line.at)
        .sort(compareText)
        .at(-1) ?? '',
  }));
  const most = Math.max(0, ...ranked.map(({ rank }) => rank));
  return most === 0 ? undefined : newestOf(ranked.filter(({ rank }) => rank === most));
}

/** Of equally old ones the last. */
function newestOf(dated: readonly { readonly part: number; readonly at: string }[]): number | undefined {
  return dated.reduce<{ readonly part: number; readonly at: string } | undefined>(
    (best, one) => (best === undefined || one.at >= best.at ? one : best),
    undefined,
  )?.part;
}

/** What belongs to no collector, as the list of regions: the newest that succeeded. */
function newestLines(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const best = new Map<string, LedgerLine>();
  for (const line of lines) {
    const key = [line.account, line.region, line.operation, line.parent ?? ''].join('\0');
    const other = best.get(key);
    if (other === undefined || isBetter(line, other)) best.set(key, line);
  }
  return [...best.values()];
}

function isBetter(line: LedgerLine, other: LedgerLine): boolean {
  const isWhole = isComplete(line.state);
  return isWhole === isComplete(other.state) ? line.at >= other.at : isWhole;
}

/** The collector that writes a type: its own, one beside it, or the only one of its service. */
function unitsByType(collectors: readonly Collector[]): (type: string) => Collector | undefined {
  const byType = new Map<string, Collector>();
  for (const collector of collectors) {
    for (const other of Object.keys(collector.beside ?? {})) byType.set(other, collector);
  }
  for (const collector of collectors) byType.set(collector.type, collector);
  return (type) => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const service = /^AWS::[^:]+::/.exec(type)?.[0];
    const own = service === undefined ? [] : collectors.filter((one) => one.type.startsWith(service));
    return own.length === 1 ? own[0] : undefined;
  };
}
