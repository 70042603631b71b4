import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventCount } from '../../../model/usage.js';
import { writeDurably } from '../durable-files.js';
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

interface DayFile {
  readonly schema: number;
  /** The hours of the day that were read: `0` to `23`. */
  readonly hours: Readonly<Record<string, HourCounts>>;
}

/**
 * Keeps a file a day in `<folder>/<region>/`, each written whole or not at all. A file that cannot be read is as if its hours
 * had not been.
 */
export function hourFolder(folder: string): HourStore {
  // The day that was used last of each region: hours are asked for one after the other.
  const recent = new Map<string, { readonly day: string; readonly hours: DayFile['hours'] }>();
  const pathOf = (region: string, day: string) => join(folder, region, `${day}.json`);
  const hoursOf = (region: string, day: string): DayFile['hours'] => {
    const known = recent.get(region);
    if (known?.day === day) return known.hours;
    const hours = readDay(pathOf(region, day));
    recent.set(region, { day, hours });
    return hours;
  };
  return {
    read: (region, hour) => hoursOf(region, dayOf(hour))[hourOfDay(hour)],
    add: (region, counts) => {
      for (const day of new Set([...counts.keys()].map(dayOf))) {
        const hours = { ...hoursOf(region, day) };
        for (const [hour, added] of counts) {
          if (dayOf(hour) === day) hours[hourOfDay(hour)] = together(hours[hourOfDay(hour)], added);
        }
        writeDurably(pathOf(region, day), `${JSON.stringify({ schema: SCHEMA, hours })}\n`);
        recent.set(region, { day, hours });
      }
    },
  };
}

function together(known: HourCounts | undefined, added: HourCounts): HourCounts {
  if (known === undefined) return added;
  return { events: mergeEventCounts([...known.events, ...added.events]), unread: known.unread + added.unread };
}

function readDay(path: string): DayFile['hours'] {
  if (!existsSync(path)) return {};
  try {
    const { schema, hours } = JSON.parse(readFileSync(path, 'utf8')) as DayFile;
    return schema === SCHEMA ? hours : {};
  } catch {
    return {};
  }
}

function dayOf(hour: number): string {
  return new Date(hour).toISOString().slice(0, 10);
}

function hourOfDay(hour: number): string {
  return String(Math.floor(hour / HOUR_MS) % HOURS_A_DAY);
}
