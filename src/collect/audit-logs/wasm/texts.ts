/** Texts, each kept once, as numbers from 0 on. */

import { MOST_TEXT_BYTES } from '../layout.js';
import { BACKSLASH, compareBytes, findByte, hashBytes, isSame } from './bytes.js';
import { factsOfText, unescapeText } from './host.js';
import { enlarged, roomForText, zeros } from './memory.js';

let arena: usize = zeros(1 << 16);
let arenaBytes: i32 = 1 << 16;
let used: i32 = 0;
let count: i32 = 0;
let capacity: i32 = 1 << 10;
/** Of each text the start, and behind the last one its end. */
let starts: usize = zeros(capacity << 2);
let hashes: usize = zeros(capacity << 2);
/** What is known of each text; -1: that was not asked. */
let facts: usize = zeros(capacity << 2);
/** One more than the number of a text; 0: free. */
let table: usize = zeros(capacity << 3);

export function addressOfText(text: i32): usize {
  return arena + load<i32>(starts + (text << 2));
}

export function lengthOfText(text: i32): i32 {
  return load<i32>(starts + (text << 2), 4) - load<i32>(starts + (text << 2));
}

export function addressOfTexts(): usize {
  return arena;
}

export function lengthOfTexts(): i32 {
  return used;
}

export function addressOfStarts(): usize {
  return starts;
}

export function countOfTexts(): i32 {
  return count;
}

export function isText(text: i32, from: i32, to: i32): bool {
  const length = to - from;
  return lengthOfText(text) === length && isSame(addressOfText(text), from, length);
}

function place(hash: i32, from: i32, to: i32): usize {
  const mask = (capacity << 1) - 1;
  let at = hash & mask;
  let text = load<i32>(table + (at << 2)) - 1;
  while (text !== -1 && (load<i32>(hashes + (text << 2)) !== hash || !isText(text, from, to))) {
    at = (at + 1) & mask;
    text = load<i32>(table + (at << 2)) - 1;
  }
  return table + (at << 2);
}

function makeRoom(length: i32): void {
  if (used + length > arenaBytes) {
    arenaBytes = max(arenaBytes << 1, used + length);
    arena = enlarged(arena, arenaBytes);
  }
  if (count + 2 <= capacity) return;
  capacity <<= 1;
  starts = enlarged(starts, capacity << 2);
  hashes = enlarged(hashes, capacity << 2);
  facts = enlarged(facts, capacity << 2);
  heap.free(table);
  table = zeros(capacity << 3);
  const mask = (capacity << 1) - 1;
  for (let text = 0; text < count; text++) {
    let at = load<i32>(hashes + (text << 2)) & mask;
    while (load<i32>(table + (at << 2)) !== 0) at = (at + 1) & mask;
    store<i32>(table + (at << 2), text + 1);
  }
}

/** The number of a text without escapes. */
export function internPlain(from: i32, to: i32): i32 {
  const hash = hashBytes(from, to - from);
  const found = load<i32>(place(hash, from, to)) - 1;
  if (found !== -1) return found;
  makeRoom(to - from);
  store<i32>(place(hash, from, to), count + 1);
  memory.copy(arena + used, from, to - from);
  used += to - from;
  store<i32>(hashes + (count << 2), hash);
  store<i32>(facts + (count << 2), -1);
  store<i32>(starts + (count << 2), used, 4);
  return count++;
}

/** The number of a text without escapes that is kept, or -1. */
export function findPlain(from: i32, to: i32): i32 {
  return load<i32>(place(hashBytes(from, to - from), from, to)) - 1;
}

/** Where a text without its escapes is. */
export class Plain {
  static from: i32 = 0;
  static to: i32 = 0;
  /** As it was given it had a backslash. */
  static hadEscape: bool = false;
}

/** Escapes that JSON does not know are part of the text. */
export function makePlain(from: i32, to: i32): void {
  Plain.from = from;
  Plain.to = to;
  Plain.hadEscape = findByte(from, to, BACKSLASH) !== -1;
  if (!Plain.hadEscape) return;
  const length = unescapeText(from, to);
  if (length === -1) return;
  Plain.from = roomForText(length) as i32;
  Plain.to = Plain.from + length;
}

/** The number of the text of a JSON string, which may have escapes. */
export function intern(from: i32, to: i32): i32 {
  makePlain(from, to);
  return internPlain(Plain.from, Plain.to);
}

/** The number of a text that JavaScript wrote to `roomForText`. */
export function internRoom(length: i32): i32 {
  const from = roomForText(length) as i32;
  return internPlain(from, from + length);
}

export function compareTexts(a: i32, b: i32): i32 {
  return compareBytes(addressOfText(a), lengthOfText(a), addressOfText(b), lengthOfText(b));
}

/** What is known of a text. */
export function factsOf(text: i32): i32 {
  const known = load<i32>(facts + (text << 2));
  if (known !== -1) return known;
  const found = factsOfText(text);
  store<i32>(facts + (text << 2), found);
  return found;
}

/** Whether a text may be kept: it is none where it is empty, or longer than AWS's are. */
export function isLengthOfText(length: i32): bool {
  return length > 0 && length <= MOST_TEXT_BYTES;
}
