import type { EventCount, LogCoverage, UsageGap, UsageLog } from '../../../model/usage.js';
import type { Failure } from '../ask.js';
import { toSecond } from '../listing.js';
import { HOUR_MS, type HourStore } from './hours.js';
import { HISTORY_MS, type LookupRun, lookUpPage, lookUpRange, PAGE_SIZE, type TimeRange } from './lookup-range.js';
import { mergeEventCounts } from './merge-counts.js';

/** Events reach the history within minutes; what is younger may not be there yet. */
export const YOUNGEST_MS = HOUR_MS;
/** Of the oldest that the history has; looking up takes hours, in which it loses as many. */
const FADING_MS = 12 * HOUR_MS;
/** Of a region, at places that are spread over what is to be read. */
const PROBES = 6;
/** Less is read without asking how much it is. */
const LEAST_ESTIMATED_MS = 6 * HOUR_MS;

export interface LookupWindow {
  readonly account: string;
  readonly regions: readonly string[];
  readonly range: TimeRange;
}

/** The whole hours of a window that the history has: what is too old, or too young, is not in it. */
export function lookupRange({ from, to }: TimeRange, now: number): TimeRange {
  const oldest = Math.ceil((now - HISTORY_MS + FADING_MS) / HOUR_MS) * HOUR_MS;
  const youngest = Math.floor((now - YOUNGEST_MS) / HOUR_MS) * HOUR_MS;
  const first = Math.max(Math.floor(from / HOUR_MS) * HOUR_MS, oldest);
  return { from: first, to: Math.max(first, Math.min(Math.ceil(to / HOUR_MS) * HOUR_MS, youngest)) };
}

/** What of the hours was not read, the newest first. */
export function unreadRanges(hours: HourStore, region: string, { from, to }: TimeRange): readonly TimeRange[] {
  return stretches(from, to, (hour) => hours.read(region, hour) === undefined).reverse();
}

function stretches(from: number, to: number, holds: (hour: number) => boolean): TimeRange[] {
  const found: TimeRange[] = [];
  for (let hour = from; hour < to; hour += HOUR_MS) {
    if (!holds(hour)) continue;
    const last = found.at(-1);
    if (last?.to === hour) found[found.length - 1] = { from: last.from, to: hour + HOUR_MS };
    else found.push({ from: hour, to: hour + HOUR_MS });
  }
  return found;
}

export interface LookupEstimate {
  readonly events: number;
  /** Pages of the region that has most: regions are read side by side. */
  readonly mostPages: number;
  readonly regions: number;
}

/** About how many events there are to read, from pages at some places; regions that cannot be asked count as nothing. */
export async function estimateLookup(run: LookupRun, window: LookupWindow): Promise<LookupEstimate> {
  const events = await Promise.all(window.regions.map((region) => estimateRegion(run, region, window.range)));
  const pages = events.map((count) => Math.ceil(count / PAGE_SIZE));
  return {
    events: events.reduce((sum, count) => sum + count, 0),
    mostPages: Math.max(0, ...pages),
    regions: events.filter((count) => count > 0).length,
  };
}

async function estimateRegion(run: LookupRun, region: string, window: TimeRange): Promise<number> {
  const ranges = unreadRanges(run.hours, region, window);
  const ms = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  if (ms < LEAST_ESTIMATED_MS) return 0;
  const perMs: number[] = [];
  for (let probe = 0; probe < PROBES && !run.isInterrupted(); probe++) {
    const range = probeRange(ranges, ms * ((probe + 0.5) / PROBES));
    const page = await lookUpPage(run, region, range);
    if (page.kind === 'failure') return 0;
    const oldest = Math.min(range.to - 1000, ...page.events.map(({ time }) => time));
    perMs.push(page.events.length / (range.to - (page.token === undefined ? range.from : oldest)));
  }
  return Math.round((perMs.reduce((sum, rate) => sum + rate, 0) / Math.max(1, perMs.length)) * ms);
}

/** What lies before a place, which is told by the milliseconds of unread time that come after it. */
function probeRange(ranges: readonly TimeRange[], after: number): TimeRange {
  let left = after;
  for (const { from, to } of ranges) {
    if (left < to - from) return { from, to: Math.max(from + 1000, Math.floor((to - left) / 1000) * 1000) };
    left -= to - from;
  }
  return ranges.at(-1) ?? { from: 0, to: 1000 };
}

/** What was read, of now and of earlier runs. */
export interface LookupResult {
  readonly log: UsageLog;
  /** The credentials are of no use any more. */
  readonly stoppedBy: Failure | undefined;
}

/** Reads what no earlier run has, region beside region. */
export async function lookUpRegions(run: LookupRun, window: LookupWindow): Promise<LookupResult> {
  const parts = await Promise.all(window.regions.map((region) => lookUpRegion(run, region, window)));
  return {
    log: {
      events: mergeEventCounts(parts.flatMap(({ events }) => events)),
      coverage: parts.flatMap(({ coverage }) => coverage),
      gaps: parts.flatMap(({ gaps }) => gaps),
    },
    stoppedBy: run.world.stoppedBy,
  };
}

interface RegionPart {
  readonly events: readonly EventCount[];
  readonly coverage: readonly LogCoverage[];
  readonly gaps: readonly UsageGap[];
}

async function lookUpRegion(run: LookupRun, region: string, { account, range }: LookupWindow): Promise<RegionPart> {
  let failure: Failure | undefined;
  for (const unread of unreadRanges(run.hours, region, range)) {
    failure = await lookUpRange(run, region, unread);
    if (failure !== undefined || run.isInterrupted()) break;
  }
  const { events, unread } = countsOf(run.hours, region, range);
  const missing = unreadRanges(run.hours, region, range);
  const gaps: UsageGap[] = missing.map((stretch) => ({
    account,
    region,
    reason: failure === undefined ? 'not-collected' : reasonOf(failure),
    detail: `Events from ${toSecond(stretch.from)} until ${toSecond(stretch.to)} were not read: ${whyNot(run, failure)}`,
  }));
  if (unread > 0)
    gaps.push({
      account,
      region,
      reason: 'corrupt',
      detail: `Of the events that were read ${unread} are of no form that is known.`,
    });
  if (run.onlyWrites)
    gaps.push({ account, region, reason: 'not-collected', detail: 'Events that only read were not asked for.' });
  const seen = stretches(range.from, range.to, (hour) => run.hours.read(region, hour)?.unread === 0);
  const coverage = seen.map(({ from, to }) => ({
    account,
    region,
    categories: ['management'] as const,
    from: toSecond(from),
    to: toSecond(to),
    isHistory: true,
    ...(run.onlyWrites ? { onlyWrites: true } : {}),
  }));
  return { events, coverage, gaps };
}

function countsOf({ read }: HourStore, region: string, { from, to }: TimeRange) {
  const events: EventCount[] = [];
  let unread = 0;
  for (let hour = from; hour < to; hour += HOUR_MS) {
    const counts = read(region, hour);
    events.push(...(counts?.events ?? []));
    unread += counts?.unread ?? 0;
  }
  return { events, unread };
}

function reasonOf({ state }: Failure): string {
  return state === 'denied' || state === 'throttled' ? state : 'not-collected';
}

function whyNot({ isInterrupted }: LookupRun, failure: Failure | undefined): string {
  if (failure === undefined)
    return isInterrupted() ? 'it was interrupted.' : 'the history did not have them any more when it came to them.';
  if (failure.state === 'denied') return `denied, needs ${failure.permission ?? 'a permission'}.`;
  return `${failure.code}: ${failure.message}`;
}
