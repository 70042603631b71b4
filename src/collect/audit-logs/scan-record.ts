import { RECORD, type Shape, SLOT, SLOT_COUNT } from './event-fields.js';

/** The bytes end before what was to be read. */
export const MORE = -1;
/** What is there is no JSON. */
export const BAD = -2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** `[` and `]` with this bit are `{` and `}`. */
const BRACKET_BIT = 0x20;
const BLANK = 0x20;

/** How many of an event's resources are kept. */
const MOST_RESOURCES = 8;

/** Where an event's fields are in its bytes. It is written anew for each event: nothing of it may be kept. */
export interface ScannedRecord {
  readonly bytes: Uint8Array;
  /** Of each slot the start and the end of its text; -1 where the event does not have it, or `null`. */
  readonly slots: Int32Array;
  /** Of each resource the start and end of its ARN, and of its type. */
  readonly resources: Int32Array;
  readonly resourceCount: number;
}

const slots = new Int32Array(2 * SLOT_COUNT);
const resources = new Int32Array(4 * MOST_RESOURCES);
const record: { bytes: Uint8Array; readonly slots: Int32Array; readonly resources: Int32Array; resourceCount: number } =
  {
    bytes: new Uint8Array(0),
    slots,
    resources,
    resourceCount: 0,
  };

/**
 * Reads the event that begins with the brace at `at`, and gives the place after it, or `MORE` or `BAD`. Its fields are in
 * `scannedRecord()` then. What is not asked for is skipped by counting brackets: depth costs nothing, and a name inside of a
 * request means nothing. INVARIANT: every loop tests the end; the bytes may end anywhere.
 */
export function scanRecord(bytes: Uint8Array, at: number, end: number): number {
  slots.fill(-1);
  record.bytes = bytes;
  record.resourceCount = 0;
  return scanObject(at + 1, end, RECORD);
}

export function scannedRecord(): ScannedRecord {
  return record;
}

/** The place of the next byte that is neither blank nor one of JSON's line ends; `end` where there is none. */
export function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] ?? 0) <= BLANK) at++;
  return at;
}

/** The place of the quote that ends the string whose text begins at `from`, or `MORE`. */
export function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return MORE;
}

/** The place after the value that begins at `at`, or `MORE` or `BAD`. */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first === QUOTE) {
    const close = endOfString(bytes, at + 1, end);
    return close < 0 ? close : close + 1;
  }
  if ((first | BRACKET_BIT) === OPEN) return skipNested(bytes, at + 1, end);
  return endOfLiteral(bytes, at, end);
}

function skipNested(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  let depth = 1;
  while (at < end) {
    const byte = bytes[at++] ?? 0;
    if (byte === QUOTE) {
      while (at < end) {
        const inner = bytes[at];
        if (inner === QUOTE) break;
        at += inner === BACKSLASH ? 2 : 1;
      }
      at++;
    } else if ((byte | BRACKET_BIT) === OPEN) depth++;
    else if ((byte | BRACKET_BIT) === CLOSE && --depth === 0) return at;
  }
  return MORE;
}

/** Of a number, `true`, `false`, `null`. */
function endOfLiteral(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === COMMA || byte <= BLANK || (byte | BRACKET_BIT) === CLOSE) return at === from ? BAD : at;
    if (byte === QUOTE || byte === COLON || (byte | BRACKET_BIT) === OPEN) return BAD;
    at++;
  }
  return MORE;
}

function scanObject(from: number, end: number, shape: Shape): number {
  const { bytes } = record;
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte !== QUOTE) {
      if (byte === CLOSE) return at + 1;
      if (byte > BLANK && byte !== COMMA) return BAD;
      at++;
      continue;
    }
    const nameStart = at + 1;
    let hash = 0;
    for (at = nameStart; at < end; at++) {
      const letter = bytes[at] ?? 0;
      if (letter === QUOTE) break;
      if (letter === BACKSLASH) at++;
      hash = (hash * 31 + letter) | 0;
    }
    const nameEnd = at;
    at++;
    if (bytes[at] !== COLON) at = skipBlanks(bytes, at, end);
    if (at >= end) return MORE;
    if (bytes[at] !== COLON) return BAD;
    at++;
    if ((bytes[at] ?? 0) <= BLANK) at = skipBlanks(bytes, at, end);
    if (at >= end) return MORE;
    const field = findName(shape, nameStart, nameEnd, hash);
    at = field === -1 ? skipValue(bytes, at, end) : scanValue(at, end, shape, field);
    if (at < 0) return at;
  }
  return MORE;
}

function findName(shape: Shape, from: number, to: number, hash: number): number {
  const { bytes } = record;
  const { table, names } = shape;
  const mask = table.length - 1;
  const length = to - from;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const index = table[at] ?? -1;
    if (index === -1) return -1;
    const wanted = names[index];
    if (wanted === undefined || wanted.length !== length) continue;
    let same = 0;
    while (same < length && bytes[from + same] === wanted[same]) same++;
    if (same === length) return index;
  }
}

function scanValue(at: number, end: number, shape: Shape, field: number): number {
  const { bytes } = record;
  const inside = shape.inside[field];
  const first = bytes[at] ?? 0;
  if (inside !== undefined) {
    if (first === OPEN) return scanObject(at + 1, end, inside);
    if (inside.isElement && first === (OPEN & ~BRACKET_BIT)) return scanElements(at + 1, end, inside);
    return skipValue(bytes, at, end);
  }
  const slot = shape.slots[field] ?? 0;
  if (first === QUOTE) {
    const close = endOfString(bytes, at + 1, end);
    if (close < 0) return close;
    slots[2 * slot] = at + 1;
    slots[2 * slot + 1] = close;
    return close + 1;
  }
  const after = skipValue(bytes, at, end);
  if (after < 0) return after;
  const isNull = first === 0x6e;
  slots[2 * slot] = isNull ? -1 : at;
  slots[2 * slot + 1] = isNull ? -1 : after;
  return after;
}

function scanElements(from: number, end: number, shape: Shape): number {
  const { bytes } = record;
  let at = from;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === (CLOSE & ~BRACKET_BIT)) return at + 1;
    if (byte <= BLANK || byte === COMMA) at++;
    else if (byte === OPEN) {
      slots.fill(-1, 2 * SLOT.resourceArn, 2 * SLOT.resourceType + 2);
      at = scanObject(at + 1, end, shape);
      if (at < 0) return at;
      keepResource();
    } else {
      at = skipValue(bytes, at, end);
      if (at < 0) return at;
    }
  }
  return MORE;
}

/** A resource without an ARN (`ARNPrefix`) is none. */
function keepResource(): void {
  const start = slots[2 * SLOT.resourceArn] ?? -1;
  if (start === -1) return;
  if (record.resourceCount < MOST_RESOURCES)
    resources.set(slots.subarray(2 * SLOT.resourceArn, 2 * SLOT.resourceType + 2), 4 * record.resourceCount);
  record.resourceCount++;
}
