/**
 * Counts of calls on resources. Of each call those resources are kept that come first in order, and of each entry those
 * sessions: it does not matter when they come.
 */

import {
  CALL_WIDTH,
  ENTRY_WIDTH,
  ID_WIDTH,
  MOST_IDS,
  MOST_RESOURCES,
  MOST_SESSIONS,
  OTHERS,
  SESSION_WIDTH,
  STATISTICS_FIRST,
  STATISTICS_IDS,
  STATISTICS_LAST,
  STATISTICS_MOVED,
  STATISTICS_SESSION_COUNT,
  STATISTICS_SESSIONS,
  STATISTICS_SIZE,
} from '../layout.js';
import { compareBytes } from './bytes.js';
import { enlarged, zeros } from './memory.js';
import { Rows } from './rows.js';
import { addressOfText, compareTexts, findPlain, internPlain, lengthOfText } from './texts.js';

export const calls = new Rows(CALL_WIDTH);
/** Columns: the identity that the source stated, the session's name, two words of a hash of its access key. */
export const sessions = new Rows(SESSION_WIDTH);
export const entries = new Rows(ENTRY_WIDTH);

/** Of a call the resources that are kept, how many, and where the one is that comes last. */
const KEPT_COUNT = 4;
const KEPT_LAST = 8;
const KEPT_SIZE = 16;
let kept: usize = zeros(KEPT_SIZE << 8);
let keptCapacity: i32 = 1 << 8;

let statistics: usize = zeros(STATISTICS_SIZE << 8);
let statisticsCapacity: i32 = 1 << 8;

export function addressOfStatistics(): usize {
  return statistics;
}

function statisticsOf(entry: i32): usize {
  return statistics + entry * STATISTICS_SIZE;
}

function entryOf(call: i32, resource: i32): i32 {
  entries.set(0, call);
  entries.set(1, resource);
  const before = entries.count;
  const entry = entries.intern();
  if (entry < before) return entry;
  if (entry === statisticsCapacity) {
    statisticsCapacity <<= 1;
    statistics = enlarged(statistics, statisticsCapacity * STATISTICS_SIZE);
  }
  memory.fill(statisticsOf(entry), 0, STATISTICS_SIZE);
  store<u32>(statisticsOf(entry), u32.MAX_VALUE, STATISTICS_FIRST);
  return entry;
}

function keptOf(call: i32): usize {
  if (call >= keptCapacity) {
    const before = keptCapacity * KEPT_SIZE;
    while (call >= keptCapacity) keptCapacity <<= 1;
    kept = enlarged(kept, keptCapacity * KEPT_SIZE);
    memory.fill(kept + before, 0, keptCapacity * KEPT_SIZE - before);
  }
  return kept + call * KEPT_SIZE;
}

/** The resources of a call are kept in lists of 4, 16 and at most 64. */
function keepResource(own: usize, resource: i32): void {
  const count = load<i32>(own, KEPT_COUNT);
  let list = load<usize>(own);
  if (count === 0) list = heap.alloc(4 << 2);
  else if (count === 4 || count === 16) list = enlarged(list, count << 4);
  store<usize>(own, list);
  store<i32>(list + (count << 2), resource);
  store<i32>(own, count + 1, KEPT_COUNT);
  if (count + 1 === MOST_RESOURCES) findLast(own);
}

function findLast(own: usize): void {
  const list = load<usize>(own);
  let last = 0;
  for (let next = 1; next < MOST_RESOURCES; next++)
    if (compareTexts(load<i32>(list + (next << 2)), load<i32>(list + (last << 2))) > 0) last = next;
  store<i32>(own, last, KEPT_LAST);
}

/** The entry of a call on no resource that is known. */
export function findEntryOfCall(call: i32): i32 {
  return entryOf(call, -1);
}

/** The entry of a call on a resource, whose text has no escapes. */
export function findEntry(call: i32, from: i32, to: i32): i32 {
  const own = keptOf(call);
  if (load<i32>(own, KEPT_COUNT) < MOST_RESOURCES) {
    const resource = internPlain(from, to);
    const before = entries.count;
    const entry = entryOf(call, resource);
    if (entry === before) keepResource(own, resource);
    return entry;
  }
  const place = load<usize>(own) + (load<i32>(own, KEPT_LAST) << 2);
  const last = load<i32>(place);
  const order = compareBytes(addressOfText(last), lengthOfText(last), from, to - from);
  // What comes after the last is not kept, or is not any more.
  if (order < 0) return entryOf(call, OTHERS);
  if (order === 0) return entryOf(call, last);
  const known = findPlain(from, to);
  if (known !== -1) {
    entries.set(0, call);
    entries.set(1, known);
    const entry = entries.find();
    if (entry !== -1) return currentEntry(entry);
  }
  moveToOthers(call, last);
  const resource = internPlain(from, to);
  store<i32>(place, resource);
  findLast(own);
  return entryOf(call, resource);
}

/** The entry itself, or that of the other resources where its resource is not kept any more. */
export function currentEntry(entry: i32): i32 {
  const moved = load<i32>(statisticsOf(entry), STATISTICS_MOVED);
  return moved === 0 ? entry : moved - 1;
}

function moveToOthers(call: i32, resource: i32): void {
  const entry = entryOf(call, resource);
  const others = entryOf(call, OTHERS);
  const from = statisticsOf(entry);
  const to = statisticsOf(others);
  store<i32>(from, others + 1, STATISTICS_MOVED);
  for (let id = 0; id < MOST_IDS; id++) {
    const at = from + STATISTICS_IDS + id * (ID_WIDTH << 2);
    if (load<u32>(at) !== 0) addId(to, load<u32>(at), at + 4);
  }
  store<u64>(to, load<u64>(to) + load<u64>(from));
  store<u32>(to, min(load<u32>(to, STATISTICS_FIRST), load<u32>(from, STATISTICS_FIRST)), STATISTICS_FIRST);
  store<u32>(to, max(load<u32>(to, STATISTICS_LAST), load<u32>(from, STATISTICS_LAST)), STATISTICS_LAST);
  const list = load<usize>(from, STATISTICS_SESSIONS);
  const count = load<i32>(from, STATISTICS_SESSION_COUNT);
  for (let index = 0; index < count; index++) addSession(others, load<i32>(list + (index << 2)));
  store<u64>(from, 0);
}

/** Counts an event at a time, whose id stands at an address. */
export function countEvent(entry: i32, time: u32, id: usize): void {
  const own = statisticsOf(entry);
  store<u64>(own, load<u64>(own) + 1);
  if (time < load<u32>(own, STATISTICS_FIRST)) store<u32>(own, time, STATISTICS_FIRST);
  if (time > load<u32>(own, STATISTICS_LAST)) store<u32>(own, time, STATISTICS_LAST);
  if (load<u64>(id) !== 0) addId(own, time, id);
}

/** Keeps the id where it is of one of the last events, the newest first. */
function addId(own: usize, time: u32, id: usize): void {
  const start = own + STATISTICS_IDS;
  const width = ID_WIDTH << 2;
  let at = start + (MOST_IDS - 1) * width;
  if (!isBefore(at, time, id)) return;
  while (at > start && isBefore(at - width, time, id)) at -= width;
  memory.copy(at + width, at, start + (MOST_IDS - 1) * width - at);
  store<u32>(at, time);
  memory.copy(at + 4, id, width - 4);
}

/** Whether what is kept at a place comes after an event: it is older, or of the same time and with a larger id. */
function isBefore(at: usize, time: u32, id: usize): bool {
  const keptTime = load<u32>(at);
  if (keptTime !== time) return keptTime < time;
  for (let word: usize = 0; word < 16; word += 4) {
    const a = load<u32>(at + 4 + word);
    const b = load<u32>(id + word);
    if (a !== b) return a > b;
  }
  return false;
}

export function addSession(entry: i32, session: i32): void {
  const own = statisticsOf(entry);
  const count = load<i32>(own, STATISTICS_SESSION_COUNT);
  let list = load<usize>(own, STATISTICS_SESSIONS);
  if (count > 0 && load<i32>(list) === session) return;
  if (count < MOST_SESSIONS) {
    if (hasSession(list, count, session)) return;
    if (count === 0) list = heap.alloc(4 << 2);
    else if (count >= 4 && (count & (count - 1)) === 0) list = enlarged(list, count << 3);
    store<usize>(own, list, STATISTICS_SESSIONS);
    store<i32>(list + (count << 2), session);
    store<i32>(own, count + 1, STATISTICS_SESSION_COUNT);
    if (count + 1 < MOST_SESSIONS) return;
  } else {
    // The first is the one that comes last in order: most others come after it, and are told apart at once.
    if (compareSessions(load<i32>(list), session) <= 0 || hasSession(list, count, session)) return;
    store<i32>(list, session);
  }
  putLatestFirst(list);
}

function hasSession(list: usize, count: i32, session: i32): bool {
  for (let index = 0; index < count; index++) if (load<i32>(list + (index << 2)) === session) return true;
  return false;
}

function putLatestFirst(list: usize): void {
  let latest = 0;
  for (let next = 1; next < MOST_SESSIONS; next++)
    if (compareSessions(load<i32>(list + (next << 2)), load<i32>(list + (latest << 2))) > 0) latest = next;
  const first = load<i32>(list);
  store<i32>(list, load<i32>(list + (latest << 2)));
  store<i32>(list + (latest << 2), first);
}

function compareSessions(a: i32, b: i32): i32 {
  for (let column = 0; column < 2; column++) {
    const x = sessions.at(a, column);
    const y = sessions.at(b, column);
    if (x !== y) return x === -1 || y === -1 ? x - y : compareTexts(x, y);
  }
  for (let column = 2; column < SESSION_WIDTH; column++) {
    const x = sessions.at(a, column);
    const y = sessions.at(b, column);
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
