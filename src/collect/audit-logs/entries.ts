import {
  type CountedEvents,
  ENTRY_COLUMNS,
  ID_WIDTH,
  MOST_IDS,
  MOST_RESOURCES,
  MOST_SESSIONS,
  OTHERS,
  SESSION_COLUMNS,
} from './counted-events.js';
import { createRows, type Rows, type Texts } from './intern.js';

/** A text that may not be kept yet. */
export interface TextPlace {
  bytes: Uint8Array;
  /** -1: there is none. */
  from: number;
  to: number;
}

/** Counts of calls on resources. Of each call those resources are kept that come first in order: it does not matter when. */
export interface Entries {
  /** The entry of a call on a resource. */
  readonly find: (call: number, resource: TextPlace) => number;
  readonly count: (entry: number, time: number, id: ArrayLike<number>) => void;
  readonly addSession: (entry: number, session: number) => void;
  /** The entry itself, or that of the other resources where its resource is not kept any more. */
  readonly current: (entry: number) => number;
  readonly pack: () => Pick<CountedEvents, 'entries' | 'counts' | 'first' | 'last' | 'ids' | 'sessionsOf'>;
}

/** The resources of a call that are kept. */
interface Kept {
  readonly resources: number[];
  /** Where the one is that comes last. */
  last: number;
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function createEntries(texts: Texts, sessions: Rows): Entries {
  const rows = createRows(ENTRY_COLUMNS.width);
  const kept: (Kept | undefined)[] = [];
  const movedTo = new Map<number, number>();
  const sessionsOf: number[][] = [];
  let capacity = 1 << 8;
  let counts = new Float64Array(capacity);
  let first = new Float64Array(capacity);
  let last = new Float64Array(capacity);
  let ids = new Int32Array(capacity * MOST_IDS * ID_WIDTH);

  const row = new Int32Array(ENTRY_COLUMNS.width);

  const entryOf = (call: number, resource: number): number => {
    row[0] = call;
    row[1] = resource;
    const entry = rows.intern(row);
    if (entry < sessionsOf.length) return entry;
    sessionsOf.push([]);
    if (entry >= capacity) {
      capacity *= 2;
      counts = resized(counts, capacity);
      first = resized(first, capacity);
      last = resized(last, capacity);
      const more = new Int32Array(capacity * MOST_IDS * ID_WIDTH);
      more.set(ids);
      ids = more;
    }
    first[entry] = Number.MAX_SAFE_INTEGER;
    return entry;
  };

  const findLast = ({ resources }: Kept): number => {
    let at = 0;
    for (let next = 1; next < resources.length; next++)
      if (texts.compare(resources[next] ?? 0, resources[at] ?? 0) > 0) at = next;
    return at;
  };

  const find = (call: number, { bytes, from, to }: TextPlace): number => {
    if (from === -1) return entryOf(call, -1);
    let own = kept[call];
    if (own === undefined) {
      own = { resources: [], last: 0 };
      kept[call] = own;
    }
    if (own.resources.length < MOST_RESOURCES) {
      const resource = texts.intern(bytes, from, to);
      const before = sessionsOf.length;
      const entry = entryOf(call, resource);
      if (entry < before) return entry;
      own.resources.push(resource);
      if (own.resources.length === MOST_RESOURCES) own.last = findLast(own);
      return entry;
    }
    const resource = texts.find(bytes, from, to);
    row[0] = call;
    row[1] = resource;
    const known = resource === -1 ? -1 : rows.find(row);
    if (known !== -1) return current(known);
    const replaced = own.resources[own.last] ?? 0;
    if (texts.compareWith(replaced, bytes, from, to) <= 0) return entryOf(call, OTHERS);
    moveToOthers(call, replaced);
    const fresh = texts.intern(bytes, from, to);
    own.resources[own.last] = fresh;
    own.last = findLast(own);
    return entryOf(call, fresh);
  };

  const moveToOthers = (call: number, resource: number): void => {
    const from = entryOf(call, resource);
    const to = entryOf(call, OTHERS);
    movedTo.set(from, to);
    for (let id = 0; id < MOST_IDS; id++) {
      const at = (from * MOST_IDS + id) * ID_WIDTH;
      if ((ids[at] ?? 0) !== 0) addId(to, ids[at] ?? 0, ids.subarray(at + 1, at + ID_WIDTH));
    }
    counts[to] = (counts[to] ?? 0) + (counts[from] ?? 0);
    first[to] = Math.min(first[to] ?? 0, first[from] ?? 0);
    last[to] = Math.max(last[to] ?? 0, last[from] ?? 0);
    for (const session of sessionsOf[from] ?? []) addSession(to, session);
    counts[from] = 0;
  };

  const addId = (entry: number, time: number, id: ArrayLike<number>): void => {
    const start = entry * MOST_IDS * ID_WIDTH;
    let at = start + (MOST_IDS - 1) * ID_WIDTH;
    if (!isBefore(ids, at, time, id)) return;
    for (; at > start && isBefore(ids, at - ID_WIDTH, time, id); at -= ID_WIDTH) ids.copyWithin(at, at - ID_WIDTH, at);
    ids[at] = time;
    for (let word = 0; word < 4; word++) ids[at + 1 + word] = id[word] ?? 0;
  };

  const addSession = (entry: number, session: number): void => {
    const own = sessionsOf[entry];
    if (own === undefined || own[0] === session) return;
    if (own.length < MOST_SESSIONS) {
      if (own.includes(session)) return;
      own.push(session);
    } else {
      // The first is the one that comes last in order: most others come after it, and are told apart at once.
      if (compareSessions(own[0] ?? 0, session) <= 0 || own.includes(session)) return;
      own[0] = session;
    }
    if (own.length === MOST_SESSIONS) putLatestFirst(own);
  };

  const putLatestFirst = (own: number[]): void => {
    let latest = 0;
    for (let next = 1; next < own.length; next++)
      if (compareSessions(own[next] ?? 0, own[latest] ?? 0) > 0) latest = next;
    const first = own[0] ?? 0;
    own[0] = own[latest] ?? 0;
    own[latest] = first;
  };

  const compareSessions = (a: number, b: number): number => {
    for (let column: number = SESSION_COLUMNS.sourceIdentity; column <= SESSION_COLUMNS.name; column++) {
      const x = sessions.at(a, column);
      const y = sessions.at(b, column);
      if (x !== y) return x === -1 || y === -1 ? x - y : texts.compare(x, y);
    }
    const { key } = SESSION_COLUMNS;
    return sessions.at(a, key) - sessions.at(b, key) || sessions.at(a, key + 1) - sessions.at(b, key + 1);
  };

  const current = (entry: number): number => (movedTo.size === 0 ? entry : (movedTo.get(entry) ?? entry));

  return {
    find,
    count: (entry, time, id) => {
      counts[entry] = (counts[entry] ?? 0) + 1;
      if (time < (first[entry] ?? 0)) first[entry] = time;
      if (time > (last[entry] ?? 0)) last[entry] = time;
      if ((id[0] ?? 0) !== 0 || (id[1] ?? 0) !== 0) addId(entry, time, id);
    },
    addSession,
    current,
    pack: () => {
      const length = rows.count();
      return {
        entries: rows.pack(),
        counts: counts.slice(0, length),
        first: first.slice(0, length),
        last: last.slice(0, length),
        ids: ids.slice(0, length * MOST_IDS * ID_WIDTH),
        sessionsOf,
      };
    },
  };
}

/** Whether what is kept at a place comes after an event: it is older, or of the same time and with a larger id. */
function isBefore(ids: Int32Array, at: number, time: number, id: ArrayLike<number>): boolean {
  const kept = ids[at] ?? 0;
  if (kept >>> 0 !== time >>> 0) return kept >>> 0 < time >>> 0;
  for (let word = 0; word < 4; word++) {
    const a = (ids[at + 1 + word] ?? 0) >>> 0;
    const b = (id[word] ?? 0) >>> 0;
    if (a !== b) return a > b;
  }
  return false;
}

function resized(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
