import type { Unseen } from '../../model/raw-resource.js';
import type { CoverageState, SnapshotFeeds } from '../../model/snapshot.js';
import type { SourceRange } from '../../source/source-file.js';
import type { LedgerEntry } from './ledger.js';

/** Why something was not seen. */
export interface Missing extends Unseen {
  readonly subject: string;
  /** False where it was left out on purpose. */
  readonly isSelected: boolean;
  /** The line of the ledger that says so; absent: no line says anything. */
  readonly range?: SourceRange | undefined;
}

/** What is asked of the ledger: a path of resources of a type, or (null) which of them there are. */
export interface CoverageQuestion {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly path: string | null;
  /** Of one resource. */
  readonly id?: string | undefined;
}

/** States in which all there is was seen, or there is known to be nothing. */
export const PROVING: ReadonlySet<CoverageState> = new Set([
  'collected',
  'not-enabled',
  'not-opted-in',
  'unsupported-here',
]);

/** The ledger by account and operation, with what each operation tells. */
export interface LedgerIndex {
  readonly entries: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** Accounts whose role could not be assumed. */
  readonly unreachable: ReadonlyMap<string, LedgerEntry>;
  /** Accounts with the ids of resources of which the ledger says something of their own. */
  readonly parents: ReadonlySet<string>;
  /** Type → path (empty: which resources there are) → operations. */
  readonly operations: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export function indexLedger(ledger: readonly LedgerEntry[], feeds: SnapshotFeeds): LedgerIndex {
  const entries = new Map<string, LedgerEntry[]>();
  const unreachable = new Map<string, LedgerEntry>();
  const parents = new Set<string>();
  for (const entry of ledger) {
    const { account, operation, parent } = entry;
    if (entry.state === 'unreachable') unreachable.set(account, entry);
    if (parent !== undefined) parents.add(`${account}\0${parent}`);
    push(entries, `${account}\0${operation}`, entry);
  }
  const operations = new Map<string, Map<string, string[]>>();
  for (const [operation, told] of feeds) {
    for (const { type, path } of told) {
      const paths = operations.get(type) ?? new Map<string, string[]>();
      operations.set(type, paths);
      push(paths, path ?? '', operation);
    }
  }
  return { entries, unreachable, parents, operations };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** Whether all that is asked for was seen: each operation that tells it has to have succeeded. The only reader of the ledger. */
export function coverage(index: LedgerIndex, question: CoverageQuestion): 'complete' | Missing {
  const unreachable = index.unreachable.get(question.account);
  if (unreachable !== undefined) return toMissing(unreachable);
  const paths = index.operations.get(question.type);
  const { path } = question;
  const operations = path === null ? paths?.get('') : (paths?.get(path) ?? paths?.get('*'));
  if (operations === undefined) return { reason: 'not-collected', subject: question.type, isSelected: true };
  for (const operation of operations) {
    const missing = missingOf(index, operation, question);
    if (missing !== undefined) return missing;
  }
  return 'complete';
}

function missingOf(index: LedgerIndex, operation: string, question: CoverageQuestion): Missing | undefined {
  const { account, region, id, path } = question;
  const here = entriesOf(index, account, operation).filter(
    (entry) => entry.region === 'global' || entry.region === region,
  );
  const own = id === undefined ? [] : here.filter(({ parent }) => parent === id);
  const whole = here.filter(({ parent }) => parent === undefined);
  // What stands beside others is not all there where it could not be asked of one of them.
  const deciding = path === null ? here : own.length > 0 ? own : whole;
  const failed = deciding.find(({ state }) => !PROVING.has(state));
  if (failed !== undefined) return toMissing(failed);
  return (path === null ? whole : deciding).length > 0
    ? undefined
    : { reason: 'not-collected', subject: operation, isSelected: true };
}

/** The regions in which an operation was asked as a whole; `global` for services that have none. */
export function regionsOf(index: LedgerIndex, account: string, operation: string): readonly string[] {
  return entriesOf(index, account, operation).flatMap(({ parent, region }) => (parent === undefined ? [region] : []));
}

function entriesOf({ entries }: LedgerIndex, account: string, operation: string): readonly LedgerEntry[] {
  return entries.get(`${account}\0${operation}`) ?? [];
}

/** What a failed operation leaves unknown. */
export function toMissing({ state, permission, operation, range }: LedgerEntry): Missing {
  if (state === 'denied')
    return { reason: 'permission-denied', subject: permission ?? operation, isSelected: true, range };
  return { reason: 'not-collected', subject: operation, isSelected: state !== 'not-selected', range };
}
