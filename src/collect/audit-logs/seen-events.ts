import { IS_FULL, IS_NEW, IS_SEEN } from './layout.js';

/**
 * Ids of events that were counted, for CloudTrail delivers some more than once, and several trails may deliver to one place.
 * It is shared between threads: whichever comes first counts, and as copies of an event are equal it does not matter which.
 * An id is 128 random bits, of which a slot keeps 32 and its place as many as the table is large: of a hundred million
 * events fewer than one is taken for another.
 */
export interface SeenEvents {
  /** Of the files that are read now. */
  readonly now: Int32Array;
  /** Of the files before them: events at the border are in both. */
  readonly before: Int32Array;
}

/** SAFETY: a table that is fuller than was thought gives up, and says that it did, rather than to search for ever. */
const MOST_STEPS = 512;

/** Tables for so many events; at most 256 MiB. */
export function seenEventsFor(events: number): Int32Array<SharedArrayBuffer> {
  const size = Math.min(2 ** 26, 2 ** Math.ceil(Math.log2(Math.max(65_536, events * 2))));
  return new Int32Array(new SharedArrayBuffer(size * 4));
}

/** A table in which no event is, and none can be noted. */
export function noSeenEvents(): Int32Array<ArrayBuffer> {
  return new Int32Array(1);
}

/** Whether an event is new, which it is not any more afterwards: `IS_NEW` or `IS_SEEN`; `IS_FULL`: it cannot be told. */
export function noteEvent({ now, before }: SeenEvents, id: Int32Array): number {
  // Ids may be such as somebody made up, and differ in few places.
  const place = mixed(mixed(mixed(id[0] ?? 0, id[1] ?? 0), id[2] ?? 0), id[3] ?? 0);
  const mark = mixed(mixed(place ^ (id[2] ?? 0), id[1] ?? 0), id[0] ?? 0) || 1;
  if (find(before, place, mark)) return IS_SEEN;
  const mask = now.length - 1;
  for (let step = 0, at = place & mask; step < MOST_STEPS; step++, at = (at + 1) & mask) {
    const kept = now[at] === 0 ? Atomics.compareExchange(now, at, 0, mark) : now[at];
    if (kept === 0) return IS_NEW;
    if (kept === mark) return IS_SEEN;
  }
  return IS_FULL;
}

function mixed(hash: number, word: number): number {
  const mix = Math.imul(hash ^ word, 0x9e3779b1);
  return mix ^ (mix >>> 15);
}

function find(table: Int32Array, place: number, mark: number): boolean {
  const mask = table.length - 1;
  for (let step = 0, at = place & mask; step < MOST_STEPS; step++, at = (at + 1) & mask) {
    const kept = table[at];
    if (kept === mark) return true;
    if (kept === 0) return false;
  }
  return false;
}
