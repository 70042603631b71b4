import type { EventOutcome, LogCoverage, UsageGap, UsageLog } from '../model/usage.js';
import { compareText } from '../source/compare-text.js';

/** What a log of usage says, for people. */
export interface UsageSummary {
  readonly events: number;
  readonly outcomes: Readonly<Record<EventOutcome, number>>;
  /** By kind; those that events name. */
  readonly principals: Readonly<Record<string, number>>;
  /** By events, most first. */
  readonly sources: readonly UsageOfSource[];
  readonly coverage: readonly LogCoverage[];
  readonly gaps: readonly UsageGap[];
}

export interface UsageOfSource {
  readonly eventSource: string;
  readonly events: number;
  /** Names of events, with how many there are. */
  readonly eventNames: number;
  readonly principals: number;
  readonly denied: number;
}

/** Counts what is in a log of usage. */
export function summarizeUsage({ events, coverage, gaps }: UsageLog): UsageSummary {
  const outcomes = { succeeded: 0, denied: 0, failed: 0, 'dry-run': 0 };
  const principals = new Map<string, Set<string>>();
  const sources = new Map<string, { events: number; denied: number; names: Set<string>; principals: Set<string> }>();
  for (const { eventSource, eventName, principal, outcome, count } of events) {
    outcomes[outcome] += count;
    const who = `${principal.name} ${principal.id ?? ''}`;
    const ofKind = principals.get(principal.kind) ?? new Set();
    principals.set(principal.kind, ofKind.add(who));
    const source = sources.get(eventSource) ?? { events: 0, denied: 0, names: new Set(), principals: new Set() };
    sources.set(eventSource, source);
    source.events += count;
    source.denied += outcome === 'denied' ? count : 0;
    source.names.add(eventName);
    source.principals.add(`${principal.kind} ${who}`);
  }
  return {
    events: events.reduce((sum, { count }) => sum + count, 0),
    outcomes,
    principals: Object.fromEntries(
      [...principals].sort(([a], [b]) => compareText(a, b)).map(([kind, names]) => [kind, names.size]),
    ),
    sources: [...sources]
      .map(([eventSource, source]) => ({
        eventSource,
        events: source.events,
        eventNames: source.names.size,
        principals: source.principals.size,
        denied: source.denied,
      }))
      .sort((a, b) => b.events - a.events || compareText(a.eventSource, b.eventSource)),
    coverage,
    gaps,
  };
}
