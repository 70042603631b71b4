import type { CoverageState } from '../../model/snapshot.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { PROVING } from './coverage.js';
import type { OpenExtent } from './extents.js';
import type { LedgerEntry } from './ledger.js';

const WORDS: Readonly<Partial<Record<CoverageState, string>>> = {
  throttled: 'was answered by "too many requests"',
  truncated: 'failed before all of its answer was there',
  unreachable: 'failed: the account could not be reached',
};

/** What failed while the snapshot was taken: each operation and state once, however many accounts and regions it met. */
export function describeGaps(entries: readonly LedgerEntry[], open: readonly OpenExtent[], path: string): Diagnostic[] {
  const groups = new Map<string, LedgerEntry[]>();
  const seen = new Set<string>();
  for (const entry of entries) {
    const { account, operation, parent = '' } = entry;
    const call = `${account}\0${operation}\0${entry.region}\0${parent}`;
    // A record repeats what the ledger says of it.
    if (seen.has(call) || (parent !== '' && seen.has(`${account}\0${operation}\0global\0${parent}`))) continue;
    seen.add(call);
    if (PROVING.has(entry.state) || entry.state === 'not-selected') continue;
    const key = `${entry.operation}\0${entry.state}\0${entry.permission ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...[...groups.values()].flatMap(describeGroup), ...describeUnasked(open, path)];
}

function describeGroup(group: readonly LedgerEntry[]): Diagnostic[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const { operation, permission, state, account, region, parent, range } = first;
  const asked = parent === undefined ? '' : ` of "${parent}"`;
  const more = others.length === 0 ? '' : ` and ${others.length} more of its calls`;
  const place = `in account ${account}${region === 'global' ? '' : `, ${region}`}${asked}${more}`;
  const message =
    state === 'denied'
      ? `"${operation}" was denied ${place}: the permission "${permission ?? operation}" is missing.`
      : `"${operation}" ${WORDS[state] ?? 'failed'} ${place}: what it tells is not known.`;
  return [{ code: 'snapshot-gap', message, range }];
}

/** Types of which no line of the ledger says anything. */
function describeUnasked(open: readonly OpenExtent[], path: string): Diagnostic[] {
  const unasked = open.filter(({ missing }) => missing.isSelected && missing.range === undefined);
  const byAccount = new Map<string, Set<string>>();
  for (const { account, type } of unasked)
    byAccount.set(account, (byAccount.get(account) ?? new Set<string>()).add(type));
  return [...byAccount].map(([account, types]) => {
    const names = [...types].sort();
    const shown = names.slice(0, 3).join(', ');
    const more = names.length > 3 ? ` and ${names.length - 3} more types` : '';
    const message = `Nothing proves that all resources of ${shown}${more} of account ${account} are in the snapshot.`;
    return { code: 'snapshot-gap', message, path };
  });
}
