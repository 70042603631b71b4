import { RECORD, SLOT } from './event-fields.js';
import { BAD, endOfString, MORE, scannedRecord, scanRecord, skipBlanks, skipValue } from './scan-record.js';

/** What is wrong with a document that has to be given up: all before it was read. */
export type DocumentProblem = 'syntax' | 'cut' | 'too-large';

/** The events of one file, whose bytes may come in parts. */
export interface DocumentScan {
  /**
   * Reads the events in `bytes` until before `end` and gives the place from which on they have to be given again, with more
   * behind them; with `isLast` there is no more.
   */
  readonly read: (bytes: Uint8Array, end: number, isLast: boolean) => number;
  readonly problem: () => DocumentProblem | undefined;
  /** Values where an event was expected. */
  readonly strange: () => number;
  /** Whether there was anything at all. */
  readonly isEmpty: () => boolean;
}

/** SAFETY: CloudTrail's own limit for an event is 1 MB. */
const maxRecordBytes = 16 * 1024 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const LINE_END = 0x0a;
const BYTE_ORDER_MARK = 0xef;

type Place = 'top' | 'container' | 'items' | 'given-up';

/** Names of the lists of events in the object of a log file, and in an answer of `LookupEvents`. */
const LISTS = ['Records', 'Events'];

/**
 * Finds the events in a log file, `{"Records":[…]}`; in an answer of `LookupEvents`; in a bare list; in events that follow one
 * another (NDJSON). An event may stand as a string, or as `CloudTrailEvent` of an object. `onEvent` is called for each, when
 * `scannedRecord()` has it.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function scanDocument(onEvent: () => void): DocumentScan {
  let place: Place = 'top';
  /** Where a list that ends is. */
  let around: 'top' | 'container' = 'top';
  let problem: DocumentProblem | undefined;
  let strange = 0;
  let isEmpty = true;
  let bytes: Uint8Array = new Uint8Array(0);
  let end = 0;

  const give = (): void => {
    const { bytes: outer, slots } = scannedRecord();
    const start = slots[2 * SLOT.lookupEvent] ?? -1;
    if (start === -1) onEvent();
    else readString(outer, start, slots[2 * SLOT.lookupEvent + 1] ?? start);
  };

  const readString = (source: Uint8Array, from: number, to: number): void => {
    const inner = decodeString(source, from, to);
    const at = inner === undefined ? 0 : skipBlanks(inner, 0, inner.length);
    if (inner?.[at] === OPEN && scanRecord(inner, at, inner.length) > 0) onEvent();
    else strange++;
  };

  const readItem = (at: number): number => {
    const first = bytes[at];
    if (first === OPEN) {
      const after = scanRecord(bytes, at, end);
      if (after > 0) give();
      return after;
    }
    if (first !== QUOTE) {
      const after = skipValue(bytes, at, end);
      if (after > 0) strange++;
      return after;
    }
    const close = endOfString(bytes, at + 1, end);
    if (close < 0) return close;
    readString(bytes, at + 1, close);
    return close + 1;
  };

  const step = (at: number): number => {
    const first = bytes[at];
    if (place === 'items') {
      if (first !== CLOSE_LIST) return readItem(at);
      place = around;
      return at + 1;
    }
    if (place === 'container') {
      if (first !== CLOSE) return readMember(at);
      place = 'top';
      return at + 1;
    }
    if (first === OPEN && isContainer(bytes, at, end)) {
      place = 'container';
      return at + 1;
    }
    if (first !== OPEN_LIST) return readItem(at);
    place = 'items';
    around = 'top';
    return at + 1;
  };

  const readMember = (at: number): number => {
    const member = readName(bytes, at, end);
    if (typeof member === 'number') return member;
    if (!LISTS.includes(member.name) || bytes[member.value] !== OPEN_LIST) return skipValue(bytes, member.value, end);
    place = 'items';
    around = 'container';
    return member.value + 1;
  };

  /** Events on lines are read on after one that is broken; anything else cannot be. */
  const recover = (at: number): number => {
    if (place === 'top') {
      const next = bytes.indexOf(LINE_END, at);
      if (next !== -1 && next < end) {
        strange++;
        return next;
      }
    }
    giveUp('syntax');
    return end;
  };

  const giveUp = (why: DocumentProblem): void => {
    problem = why;
    place = 'given-up';
  };

  const read = (given: Uint8Array, givenEnd: number, isLast: boolean): number => {
    bytes = given;
    end = givenEnd;
    let at = isEmpty && bytes[0] === BYTE_ORDER_MARK ? 3 : 0;
    while (place !== 'given-up') {
      while (at < end && ((bytes[at] ?? 0) <= 0x20 || bytes[at] === COMMA)) at++;
      if (at >= end) break;
      isEmpty = false;
      const after = step(at);
      if (after === MORE) {
        if (isLast) giveUp('cut');
        else if (end - at > maxRecordBytes) giveUp('too-large');
        break;
      }
      at = after === BAD ? recover(at) : after;
    }
    if (isLast && place !== 'given-up' && place !== 'top') giveUp('cut');
    return place === 'given-up' ? end : Math.min(at, end);
  };

  return { read, problem: () => problem, strange: () => strange, isEmpty: () => isEmpty };
}

interface Member {
  readonly name: string;
  /** Where its value begins. */
  readonly value: number;
}

function readName(bytes: Uint8Array, at: number, end: number): Member | typeof MORE | typeof BAD {
  if (bytes[at] !== QUOTE) return BAD;
  const close = endOfString(bytes, at + 1, end);
  if (close < 0) return MORE;
  const colon = skipBlanks(bytes, close + 1, end);
  if (colon >= end) return MORE;
  if (bytes[colon] !== 0x3a) return BAD;
  const value = skipBlanks(bytes, colon + 1, end);
  if (value >= end) return MORE;
  // SAFETY: a name may be as long as the file.
  return { name: Buffer.from(bytes.subarray(at + 1, Math.min(close, at + 64))).toString('latin1'), value };
}

const RECORD_NAMES = new Set([...RECORD.names].map((name) => Buffer.from(name).toString('latin1')));
/** So many members are looked at to tell an object with a list of events from an event. */
const MOST_MEMBERS = 64;

/** Whether the object at `at` has a list of events, and is none itself. */
function isContainer(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at + 1;
  for (let count = 0; count < MOST_MEMBERS; count++) {
    while (next < end && ((bytes[next] ?? 0) <= 0x20 || bytes[next] === COMMA)) next++;
    const member = readName(bytes, next, end);
    if (typeof member === 'number' || RECORD_NAMES.has(member.name)) return false;
    if (LISTS.includes(member.name)) return bytes[member.value] === OPEN_LIST;
    next = skipValue(bytes, member.value, end);
    if (next < 0) return false;
  }
  return false;
}

/** The bytes of a string's text, or undefined where its escapes are none. */
function decodeString(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  try {
    const text: unknown = JSON.parse(Buffer.from(bytes.subarray(from - 1, to + 1)).toString('utf8'));
    return typeof text === 'string' ? Buffer.from(text, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
