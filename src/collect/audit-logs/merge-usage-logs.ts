import type { UsageGap, UsageLog } from '../../model/usage.js';
import { compareText } from '../../source/compare-text.js';
import { combineCounts } from './combine-counts.js';
import { mergeCoverage } from './coverage.js';

/** What several sources say, as one. An event that is in two of them is counted twice; when it was is right nevertheless. */
export function mergeUsageLogs(logs: readonly UsageLog[]): UsageLog {
  const [only] = logs;
  if (only !== undefined && logs.length === 1) return only;
  const counts = logs.flatMap(({ events }) =>
    // The time of each is not kept: they are of the last ones.
    events.map((event) => ({ ...event, ids: event.eventIds.map((id) => ({ time: event.last, id })) })),
  );
  return {
    events: combineCounts(counts),
    coverage: mergeCoverage(logs.flatMap(({ coverage }) => coverage)),
    gaps: sortGaps(logs.flatMap(({ gaps }) => gaps)),
  };
}

/** Each once, by place and reason. */
export function sortGaps(gaps: readonly UsageGap[]): readonly UsageGap[] {
  const keyed = new Map(
    gaps.map((gap) => [[gap.account ?? '', gap.region ?? '', gap.reason, gap.detail].join(' '), gap] as const),
  );
  return [...keyed].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
}
