import type { EventCount } from '../../../model/usage.js';
import { combineCounts } from '../../audit-logs/combine-counts.js';

/** Counts of the same events in parts → one of each kind, in an order that does not depend on the parts. */
export function mergeEventCounts(counts: readonly EventCount[]): readonly EventCount[] {
  // When each was is not kept: they are of the last ones.
  return combineCounts(
    counts.map((count) => ({ ...count, ids: count.eventIds.map((id) => ({ time: count.last, id })) })),
  );
}
