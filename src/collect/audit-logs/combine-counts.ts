import type { EventCount } from '../../model/usage.js';
import { compareText } from '../../source/compare-text.js';
import { MOST_IDS, MOST_RESOURCES } from './counted-events.js';

/** Some events that are alike, from one of several sources. */
export interface PartialCount extends Omit<EventCount, 'first' | 'last' | 'eventIds'> {
  /** ISO 8601. */
  readonly first: string;
  readonly last: string;
  readonly ids: readonly { readonly time: string; readonly id: string }[];
}

const MOST_PEOPLE = 5;

interface Group {
  readonly of: PartialCount;
  count: number;
  first: string;
  last: string;
  people: ReadonlySet<string>;
  ids: PartialCount['ids'];
}

/**
 * Puts counts of events that are alike together, in an order of their own. Of the resources of one call those are kept that
 * come first in order, so that it does not matter in which order and how often this is done.
 */
export function combineCounts(counts: Iterable<PartialCount>): readonly EventCount[] {
  const calls = new Map<string, Map<string, Group>>();
  for (const count of counts) {
    const call = keyOf(count);
    let byResource = calls.get(call);
    if (byResource === undefined) {
      byResource = new Map();
      calls.set(call, byResource);
    }
    addTo(byResource, count.resource ?? '', count);
  }
  const ordered = [...calls].sort(([a], [b]) => compareText(a, b));
  return ordered.flatMap(([, byResource]) => limited(byResource).map(toEventCount));
}

/** All but the resource. */
function keyOf({ account, region, principal, eventSource, eventName, via, outcome, traits, passedRole }: PartialCount) {
  const { kind, name, id } = principal;
  return JSON.stringify([account, region, kind, name, id, eventSource, eventName, via, outcome, traits, passedRole]);
}

function addTo(groups: Map<string, Group>, resource: string, added: PartialCount): void {
  const group = groups.get(resource);
  const { count, first, last, ids } = added;
  if (group === undefined) {
    groups.set(resource, { of: added, count, first, last, ids: newest(ids), people: new Set(added.people) });
    return;
  }
  group.count += count;
  if (first < group.first) group.first = first;
  if (last > group.last) group.last = last;
  if (added.people.length > 0) group.people = new Set([...group.people, ...added.people]);
  if (ids.length > 0) group.ids = newest([...group.ids, ...ids]);
}

function newest(ids: PartialCount['ids']): PartialCount['ids'] {
  if (ids.length < 2) return ids;
  const unique = new Map(ids.map((one) => [one.id, one]));
  return [...unique.values()].sort((a, b) => compareText(b.time, a.time) || compareText(a.id, b.id)).slice(0, MOST_IDS);
}

const OTHERS = '*';

/** By code points, which is the order of the bytes by which `Entries` keeps them. */
function limited(groups: Map<string, Group>): readonly Group[] {
  const named = [...groups.keys()].filter((name) => name !== '' && name !== OTHERS).sort(compareText);
  for (const resource of named.slice(MOST_RESOURCES)) {
    const group = groups.get(resource);
    groups.delete(resource);
    if (group !== undefined)
      addTo(groups, OTHERS, { ...group.of, ...group, resource: OTHERS, people: [...group.people] });
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

function toEventCount({ of, count, first, last, people, ids }: Group): EventCount {
  return {
    account: of.account,
    region: of.region,
    principal: of.principal,
    eventSource: of.eventSource,
    eventName: of.eventName,
    resource: of.resource,
    traits: of.traits,
    passedRole: of.passedRole,
    outcome: of.outcome,
    via: of.via,
    people: [...people].sort(compareText).slice(0, MOST_PEOPLE),
    count,
    first,
    last,
    eventIds: ids.map(({ id }) => id),
  };
}
