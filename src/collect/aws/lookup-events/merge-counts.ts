import type { EventCount } from '../../../model/usage.js';
import { compareText } from '../../../source/compare-text.js';

/** Of what is otherwise alike, more different resources are told as `*`. */
export const MOST_RESOURCES = 64;
/** Of the people behind a count, and of the ids of its events. */
export const MOST_EXAMPLES = 5;

/** Counts of the same events in parts → one of each kind, in an order that does not depend on the parts. */
export function mergeEventCounts(counts: Iterable<EventCount>): readonly EventCount[] {
  const byKind = new Map<string, Map<string | undefined, EventCount>>();
  for (const count of counts) {
    const kind = kindOf(count);
    const byResource = byKind.get(kind) ?? new Map<string | undefined, EventCount>();
    byKind.set(kind, byResource);
    const other = byResource.get(count.resource);
    byResource.set(count.resource, other === undefined ? count : mergeTwo(other, count));
  }
  return [...byKind]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, byResource]) => capped([...byResource.values()]));
}

function kindOf(count: EventCount): string {
  const { account, region, principal, eventSource, eventName, traits, passedRole, outcome, via } = count;
  const who = [principal.kind, principal.name, principal.id ?? null];
  return JSON.stringify([
    account,
    region,
    who,
    eventSource,
    eventName,
    outcome,
    traits,
    passedRole ?? null,
    via ?? null,
  ]);
}

function capped(counts: readonly EventCount[]): readonly EventCount[] {
  const named = counts.filter(({ resource }) => resource !== undefined);
  const isOver = named.length > MOST_RESOURCES || named.some(({ resource }) => resource === '*');
  if (!isOver) return [...counts].sort((a, b) => compareText(a.resource ?? '', b.resource ?? ''));
  const together = named.reduce(mergeTwo);
  return [...counts.filter(({ resource }) => resource === undefined), { ...together, resource: '*' }];
}

function mergeTwo(a: EventCount, b: EventCount): EventCount {
  return {
    ...a,
    people: some(a.people, b.people),
    count: a.count + b.count,
    first: compareText(a.first, b.first) < 0 ? a.first : b.first,
    last: compareText(a.last, b.last) > 0 ? a.last : b.last,
    eventIds: some(a.eventIds, b.eventIds),
  };
}

/** The first ones in order, whichever part they are of. */
function some(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort(compareText).slice(0, MOST_EXAMPLES);
}
