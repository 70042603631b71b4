import { RESOURCE_ARN, SLOT_COUNT } from '../layout.js';
import {
  BAD,
  BLANK,
  byteAt,
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  endOfString,
  MORE,
  OPEN,
  OPEN_LIST,
  QUOTE,
  skipBlanks,
  skipValue,
} from './bytes.js';
import { findName, isElements, Name } from './shapes.js';

/** How many of an event's resources are kept. */
export const MOST_LISTED: i32 = 8;

const SLOTS: usize = memory.data(SLOT_COUNT << 3, 16);
/** Of each resource the start and end of its ARN, and of its type. */
const RESOURCES: usize = memory.data(MOST_LISTED << 4, 16);

/** Where an event's fields are. They are written anew for each event. */
export class Scanned {
  static resources: i32 = 0;
}

/** Where the text of a slot starts; -1: the event does not have it, or `null`. */
export function fromOf(slot: i32): i32 {
  return load<i32>(SLOTS + (slot << 3));
}

export function toOf(slot: i32): i32 {
  return load<i32>(SLOTS + (slot << 3), 4);
}

/** Where the ARN of a resource starts; behind it are its end, and the same of its type. */
export function resourceAt(index: i32): usize {
  return RESOURCES + (index << 4);
}

/**
 * Reads the event that begins with the brace at `at`, and gives the place after it, or `MORE` or `BAD`. What is not asked for
 * is skipped by counting brackets: depth costs nothing, and a name inside of a request means nothing. INVARIANT: every loop
 * tests the end; the bytes may end anywhere.
 */
export function scanRecord(shape: usize, at: i32, end: i32): i32 {
  memory.fill(SLOTS, 0xff, SLOT_COUNT << 3);
  Scanned.resources = 0;
  return scanObject(at + 1, end, shape);
}

function scanObject(from: i32, end: i32, shape: usize): i32 {
  let at = from;
  while (at < end) {
    const byte = byteAt(at);
    if (byte !== QUOTE) {
      if (byte === CLOSE) return at + 1;
      if (byte > BLANK && byte !== COMMA) return BAD;
      at++;
      continue;
    }
    const name = at + 1;
    const close = endOfString(name, end);
    if (close < 0) return MORE;
    at = close + 1;
    if (at >= end) return MORE;
    if (byteAt(at) !== COLON) {
      at = skipBlanks(at, end);
      if (at >= end) return MORE;
      if (byteAt(at) !== COLON) return BAD;
    }
    at++;
    if (byteAt(at) <= BLANK) at = skipBlanks(at, end);
    if (at >= end) return MORE;
    at = findName(shape, name, close) ? scanValue(at, end) : skipValue(at, end);
    if (at < 0) return at;
  }
  return MORE;
}

function scanValue(at: i32, end: i32): i32 {
  const first = byteAt(at);
  const inside = Name.inside;
  if (inside !== 0) {
    if (first === OPEN) return scanObject(at + 1, end, inside);
    return first === OPEN_LIST && isElements(inside) ? scanElements(at + 1, end, inside) : skipValue(at, end);
  }
  const slot = SLOTS + (Name.slot << 3);
  if (first === QUOTE) {
    const close = endOfString(at + 1, end);
    if (close < 0) return close;
    store<i32>(slot, at + 1);
    store<i32>(slot, close, 4);
    return close + 1;
  }
  const after = skipValue(at, end);
  if (after < 0) return after;
  const isNull = first === 0x6e;
  store<i32>(slot, isNull ? -1 : at);
  store<i32>(slot, isNull ? -1 : after, 4);
  return after;
}

function scanElements(from: i32, end: i32, shape: usize): i32 {
  let at = from;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === CLOSE_LIST) return at + 1;
    if (byte <= BLANK || byte === COMMA) at++;
    else if (byte === OPEN) {
      v128.store(SLOTS + (RESOURCE_ARN << 3), i32x4.splat(-1));
      at = scanObject(at + 1, end, shape);
      if (at < 0) return at;
      keepResource();
    } else {
      at = skipValue(at, end);
      if (at < 0) return at;
    }
  }
  return MORE;
}

/** A resource without an ARN (`ARNPrefix`) is none. */
function keepResource(): void {
  if (fromOf(RESOURCE_ARN) === -1) return;
  if (Scanned.resources < MOST_LISTED)
    v128.store(resourceAt(Scanned.resources), v128.load(SLOTS + (RESOURCE_ARN << 3)));
  Scanned.resources++;
}
