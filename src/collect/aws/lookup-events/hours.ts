import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventCount } from '../../../model/usage.js';
import { mergeEventCounts } from './merge-counts.js';

export const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** What was counted in an hour that was read whole. */
export interface HourCounts {
  readonly events: readonly EventCount[];
  /** Events whose text could not be read. */
  readonly unread: number;
}

/** Hours that were read whole, each by the millisecond at which it begins. */
export interface HourStore {
  read(region: string, hour: number): HourCounts | undefined;
  /** All at once; what an hour had already is kept beside it. */
  add(region: string, counts: ReadonlyMap<number, HourCounts>): void;
}

/** Counts of another schema are counted again. */
const SCHEMA = 1;

/** A line of a day's file. */
interface HourLine extends HourCounts {
  readonly schema: number;
  /** Of the day: 0 to 23. */
  readonly hour: number;
}

type DayHours = ReadonlyMap<number, HourCounts>;

/**
 * Keeps a file a day in `<folder>/<region>/`, a line for each hour, which is there whole or not at all: a line that cannot be
 * read is as if its hour had not been. Files only grow.
 */
export function hourFolder(folder: string): HourStore {
  // The day that was used last of each region: hours are asked for one after the other.
  const recent = new Map<string, { readonly day: string; readonly hours: DayHours }>();
  const pathOf = (region: string, day: string) => join(folder, region, `${day}.ndjson`);
  const hoursOf = (region: string, day: string): DayHours => {
    const known = recent.get(region);
    if (known?.day === day) return known.hours;
    const hours = readDay(pathOf(region, day));
    recent.set(region, { day, hours });
    return hours;
  };
  return {
    read: (region, hour) => hoursOf(region, dayOf(hour)).get(hourOfDay(hour)),
    add: (region, counts) => {
      for (const day of new Set([...counts.keys()].map(dayOf))) {
        const hours = new Map(hoursOf(region, day));
        const lines: HourLine[] = [];
        for (const [ms, added] of counts) {
          if (dayOf(ms) !== day) continue;
          const hour = hourOfDay(ms);
          const known = hours.get(hour);
          hours.set(hour, together(known, added));
          // What came late and is nothing says nothing.
          if (known === undefined || added.events.length > 0 || added.unread > 0)
            lines.push({ schema: SCHEMA, hour, ...added });
        }
        append(
          pathOf(region, day),
          lines.map((line) => JSON.stringify(line)),
        );
        recent.set(region, { day, hours });
      }
    },
  };
}

/** A line break before them too: the last line may have been cut off. */
function append(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(path, 'a', 0o600);
  writeFileSync(descriptor, lines.map((line) => `\n${line}\n`).join(''));
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function together(known: HourCounts | undefined, added: HourCounts): HourCounts {
  if (known === undefined) return { events: added.events, unread: added.unread };
  return { events: mergeEventCounts([...known.events, ...added.events]), unread: known.unread + added.unread };
}

function readDay(path: string): DayHours {
  const hours = new Map<number, HourCounts>();
  if (!existsSync(path)) return hours;
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const line = text === '' ? undefined : readLine(text);
    if (line !== undefined) hours.set(line.hour, together(hours.get(line.hour), line));
  }
  return hours;
}

function readLine(text: string): HourLine | undefined {
  try {
    const line = JSON.parse(text) as HourLine;
    return line.schema === SCHEMA ? line : undefined;
  } catch {
    return undefined;
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function hourOfDay(ms: number): number {
  return Math.floor(ms / HOUR_MS) % HOURS_A_DAY;
}
