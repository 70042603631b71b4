import type { SnapshotJson } from '../../../model/snapshot.js';
import type { EventCount } from '../../../model/usage.js';
import { ask, type Failure, type World } from '../ask.js';
import { get, textAt } from '../json.js';
import { HOUR_MS, type HourCounts, type HourStore } from './hours.js';
import { mergeEventCounts } from './merge-counts.js';

/** Texts of events, as `CloudTrailEvent` has them → what they count as. */
export type CountEvents = (texts: readonly string[]) => HourCounts;

/** Half-open, in milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface LookupRun {
  readonly world: World;
  readonly hours: HourStore;
  readonly countEvents: CountEvents;
  /** Only events that change something. */
  readonly onlyWrites: boolean;
  /** After it nothing is asked. */
  readonly isInterrupted: () => boolean;
  /** A page was read. */
  readonly onPage?: ((region: string, events: number) => void) | undefined;
}

export const LOOKUP = { call: 'cloudtrail:LookupEvents', permission: 'cloudtrail:LookupEvents' } as const;
export const PAGE_SIZE = 50;
/** How far the history reaches back. */
export const HISTORY_MS = 90 * 24 * HOUR_MS;
/** A token that is refused again and again at the same place is no token that has grown old. */
const MOST_RENEWALS = 3;

export interface LookedUp {
  readonly id: string;
  readonly time: number;
  readonly text: string;
}

export interface LookupPage {
  readonly kind: 'page';
  readonly events: readonly LookedUp[];
  readonly token: string | undefined;
}

/**
 * One page of the events of a range, the newest first.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUpPage(
  { world, onlyWrites }: Pick<LookupRun, 'world' | 'onlyWrites'>,
  region: string,
  { from, to }: TimeRange,
  token?: string,
): Promise<LookupPage | Failure> {
  const input = {
    StartTime: from / 1000,
    // "Before or at": times of events are whole seconds.
    EndTime: to / 1000 - 1,
    MaxResults: PAGE_SIZE,
    ...(onlyWrites ? { LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }] } : {}),
    ...(token === undefined ? {} : { NextToken: token }),
  };
  const ending = await ask(world, LOOKUP, { client: 'cloudtrail', operation: 'LookupEvents', region, input });
  if (ending.kind === 'failure') return ending;
  const list = get(ending.output, 'Events');
  const events = Array.isArray(list) ? list.map(toLookedUp) : undefined;
  if (events === undefined || events.some(({ time }) => Number.isNaN(time)))
    return malformed('The answer has no "Events", or one without a time.', ending.attempts);
  return { kind: 'page', events, token: textAt(ending.output, 'NextToken') || undefined };
}

function toLookedUp(event: SnapshotJson): LookedUp {
  return {
    id: textAt(event, 'EventId'),
    time: Date.parse(textAt(event, 'EventTime')),
    text: textAt(event, 'CloudTrailEvent'),
  };
}

function malformed(message: string, attempts: number): Failure {
  return { kind: 'failure', state: 'failed', code: 'MalformedAnswer', message, permission: null, attempts };
}

/**
 * Reads a range of whole hours, the newest first, and keeps each hour when nothing of it can follow. Gives why it ended early;
 * the hours that were kept stay.
 */
export async function lookUpRange(run: LookupRun, region: string, range: TimeRange): Promise<Failure | undefined> {
  const reading = newReading(range);
  let asked = range;
  let token: string | undefined;
  let renewals = 0;
  while (!run.isInterrupted()) {
    const page = await lookUpPage(run, region, asked, token);
    if (page.kind === 'failure') {
      if (!/^InvalidNextToken/.test(page.code) || token === undefined || renewals === MOST_RENEWALS) return page;
      renewals += 1;
      asked = { from: range.from, to: Math.min(asked.to, reading.edge + 1000) };
      token = undefined;
      continue;
    }
    const before = reading.edge;
    take(run, region, reading, page);
    run.onPage?.(region, page.events.length);
    if (reading.edge < before) renewals = 0;
    if (page.token === undefined) {
      keep(run, region, reading, range.from);
      return undefined;
    }
    if (page.token === token) return malformed('The token of the next page is that of this one.', 1);
    token = page.token;
  }
  return undefined;
}

interface Reading {
  readonly range: TimeRange;
  /** No event that is newer will follow: the newest of the last page, so that a page may be out of order in itself. */
  edge: number;
  /** From here on all hours are kept. */
  kept: number;
  /** Those at the edge and before it, which a list that begins again has again. */
  readonly seen: Map<string, number>;
  readonly pending: Map<number, HourCounts>;
}

function newReading(range: TimeRange): Reading {
  return { range, edge: range.to - 1000, kept: range.to, seen: new Map(), pending: new Map() };
}

function take(run: LookupRun, region: string, reading: Reading, { events }: LookupPage): void {
  const { range, seen, pending } = reading;
  const texts = new Map<number, string[]>();
  for (const { id, time, text } of events) {
    if (time < range.from || time >= range.to || seen.has(id)) continue;
    seen.set(id, time);
    const hour = Math.floor(time / HOUR_MS) * HOUR_MS;
    const others = texts.get(hour);
    if (others === undefined) texts.set(hour, [text]);
    else others.push(text);
  }
  for (const [hour, found] of texts) pending.set(hour, plus(pending.get(hour), run.countEvents(found)));
  if (events.length === 0) return;
  reading.edge = Math.min(reading.edge, Math.max(...events.map(({ time }) => time)));
  for (const [id, time] of seen) if (time > reading.edge) seen.delete(id);
  keep(run, region, reading, (Math.floor(reading.edge / HOUR_MS) + 1) * HOUR_MS);
}

function plus(a: HourCounts | undefined, b: HourCounts): HourCounts {
  const events: readonly EventCount[] = mergeEventCounts([...(a?.events ?? []), ...b.events]);
  return { events, unread: (a?.unread ?? 0) + b.unread };
}

const NOTHING: HourCounts = { events: [], unread: 0 };

/** Keeps the hours from `from` on, and what came late of hours that were kept before. */
function keep(run: LookupRun, region: string, reading: Reading, from: number): void {
  const done = new Map<number, HourCounts>();
  // What the history has let go of since it began looks as if nothing had been done.
  const oldest = run.world.clock.now() - HISTORY_MS;
  for (let hour = reading.kept - HOUR_MS; hour >= Math.max(from, oldest); hour -= HOUR_MS) done.set(hour, NOTHING);
  for (const [hour, counts] of reading.pending) {
    if (hour < from) continue;
    reading.pending.delete(hour);
    if (hour >= oldest) done.set(hour, counts);
  }
  reading.kept = Math.min(reading.kept, from);
  if (done.size > 0) run.hours.add(region, done);
}
