import type { EventCount, UsageGap, UsageLog } from '../../model/usage.js';
import { compareText } from '../../source/compare-text.js';
import { combineCounts } from './combine-counts.js';
import { mergeCoverage } from './coverage.js';

/**
 * What several sources say, as one. Events that are in two of them count once where an id shows that they are the same; that others
 * may be counted twice is a gap. When something was done is right in any case.
 */
export function mergeUsageLogs(logs: readonly UsageLog[]): UsageLog {
  const [only] = logs;
  if (only !== undefined && logs.length === 1) return only;
  const { events, places } = countOnce(logs);
  const counts = events.map((event) => ({
    ...event,
    // The time of each is not kept: they are of the last ones.
    ids: event.eventIds.map((id) => ({ time: event.last, id })),
  }));
  return {
    events: combineCounts(counts),
    coverage: mergeCoverage(logs.flatMap(({ coverage }) => coverage)),
    gaps: sortGaps([...logs.flatMap(({ gaps }) => gaps), ...places.map(maybeTwice)]),
  };
}

interface Place {
  readonly account: string;
  readonly region: string;
}

interface Counted {
  readonly source: number;
  event: EventCount;
}

/** The events of all sources, and the places of which several have events that are alike and of the same time, perhaps the same. */
function countOnce(logs: readonly UsageLog[]): {
  readonly events: readonly EventCount[];
  readonly places: readonly Place[];
} {
  const known = new Map<string, Counted[]>();
  const places = new Map<string, Place>();
  for (const [source, { events }] of logs.entries())
    for (const event of events) {
      const key = keyOf(event);
      const counted = known.get(key);
      const others = counted?.filter((one) => one.source !== source) ?? [];
      const same = others.find((one) => one.event.eventIds.some((id) => event.eventIds.includes(id)));
      if (same !== undefined) {
        same.event = joined(same.event, event);
        continue;
      }
      if (others.some((one) => one.event.first <= event.last && event.first <= one.event.last))
        places.set(`${event.account} ${event.region}`, { account: event.account, region: event.region });
      if (counted === undefined) known.set(key, [{ source, event }]);
      else counted.push({ source, event });
    }
  return { events: [...known.values()].flatMap((all) => all.map(({ event }) => event)), places: [...places.values()] };
}

function keyOf({
  account,
  region,
  principal,
  eventSource,
  eventName,
  resource,
  traits,
  passedRole,
  outcome,
  via,
}: EventCount) {
  const { kind, name, id } = principal;
  return JSON.stringify([
    [account, region, kind, name, id, eventSource, eventName],
    [resource, traits, passedRole, outcome, via],
  ]);
}

/** Of the same events one source may have more than the other. */
function joined(one: EventCount, other: EventCount): EventCount {
  return {
    ...one,
    people: [...new Set([...one.people, ...other.people])],
    count: Math.max(one.count, other.count),
    first: [one.first, other.first].sort()[0] ?? one.first,
    last: [one.last, other.last].sort()[1] ?? one.last,
    eventIds: [...new Set([...one.eventIds, ...other.eventIds])],
  };
}

function maybeTwice({ account, region }: Place): UsageGap {
  const detail = 'Several sources have events of the same time: some of them may be counted twice.';
  return { account, region, reason: 'maybe-twice', detail };
}

/** Each once, by place and reason. */
export function sortGaps(gaps: readonly UsageGap[]): readonly UsageGap[] {
  const keyed = new Map(
    gaps.map((gap) => [[gap.account ?? '', gap.region ?? '', gap.reason, gap.detail].join(' '), gap] as const),
  );
  return [...keyed].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
}
