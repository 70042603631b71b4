/**
 * Linear memory, from its second page on: the text in UTF-16; decoded units (the values of texts that are not as written);
 * a stack for lists whose length is not known yet; and the tape, which grows at the end. When a region in the middle is
 * full, what lies behind it moves: the tape and the stack are addressed by index, so nothing else need know.
 */

import { TEXT_ADDRESS } from '../tape.js';

/** Units of zero behind the text, so that looking ahead needs no check. */
const PADDING_UNITS = 8;
/** Units of a text for which the tape has room from the start. */
const maxReservedUnits = 0x800000;

let decodedAddress: i32 = 0;
let decodedLength: i32 = 0;
let decodedCapacity: i32 = 0;
let stackAddress: i32 = 0;
let stackLength: i32 = 0;
let stackCapacity: i32 = 0;
let tapeAddress: i32 = 0;
let tapeLength: i32 = 0;
let tapeCapacity: i32 = 0;

/** Makes room for a text of so many units. */
export function reserve(units: i32): void {
  const address = (TEXT_ADDRESS + (units + PADDING_UNITS) * 2 + 7) & ~7;
  decodedAddress = address;
  decodedCapacity = 1024;
  stackAddress = decodedAddress + decodedCapacity * 2;
  stackCapacity = 1024;
  tapeAddress = stackAddress + stackCapacity * 4;
  tapeCapacity = 0;
  // Typical text needs twice its units on the tape; what is of one line needs hardly any.
  ensureBytes(tapeAddress + min(units, maxReservedUnits) * 4 + 0x4000);
  memory.fill(TEXT_ADDRESS + units * 2, 0, PADDING_UNITS * 2);
  rewind();
}

/** Forgets what was written, but not the text. */
export function rewind(): void {
  decodedLength = 0;
  stackLength = 0;
  // Index 0 stands for nothing.
  tapeLength = 1;
}

function ensureBytes(end: i32): void {
  const missing = end - (memory.size() << 16);
  if (missing > 0) {
    // A quarter more, so that growing costs little beside what is written.
    const wanted = (missing + 0xffff) >> 16;
    if (memory.grow(wanted + (memory.size() >> 2)) < 0 && memory.grow(wanted) < 0) unreachable();
  }
  tapeCapacity = ((memory.size() << 16) - tapeAddress) >> 2;
}

/** Moves what lies from an address on up to the end of the tape. */
function shift(address: i32, distance: i32): void {
  const end = tapeAddress + tapeLength * 4;
  ensureBytes(end + distance + 0x1000);
  memory.copy(address + distance, address, end - address);
  tapeAddress += distance;
  tapeCapacity = ((memory.size() << 16) - tapeAddress) >> 2;
}

// ---- the text -------------------------------------------------------------------------------------------------------

export function unitAt(at: i32): i32 {
  return load<u16>(at << 1, TEXT_ADDRESS) as i32;
}

/** The code point at an offset, one unit where it is no pair. */
export function pointAt(at: i32): i32 {
  const first = unitAt(at);
  if (first < 0xd800 || first > 0xdbff) return first;
  const second = unitAt(at + 1);
  if (second < 0xdc00 || second > 0xdfff) return first;
  return ((first - 0xd800) << 10) + (second - 0xdc00) + 0x10000;
}

/** Whether two stretches of the text with one length are the same. */
export function isSame(a: i32, b: i32, length: i32): bool {
  for (let i = 0; i < length; i++) if (unitAt(a + i) !== unitAt(b + i)) return false;
  return true;
}

// ---- decoded units --------------------------------------------------------------------------------------------------

export function decodedEnd(): i32 {
  return decodedLength;
}

export function decodedAt(at: i32): i32 {
  return load<u16>(decodedAddress + (at << 1)) as i32;
}

function ensureDecoded(length: i32): void {
  if (decodedLength + length <= decodedCapacity) return;
  const more = (max(decodedCapacity, length) + 3) & ~3;
  shift(stackAddress, more * 2);
  stackAddress += more * 2;
  decodedCapacity += more;
}

export function pushUnit(unit: i32): void {
  ensureDecoded(1);
  store<u16>(decodedAddress + (decodedLength << 1), unit);
  decodedLength++;
}

/** Appends a stretch of the text, or of the decoded units themselves. */
export function pushUnits(isDecoded: bool, start: i32, end: i32): void {
  const length = end - start;
  if (length <= 0) return;
  ensureDecoded(length);
  const from = isDecoded ? decodedAddress + (start << 1) : TEXT_ADDRESS + (start << 1);
  memory.copy(decodedAddress + (decodedLength << 1), from, length << 1);
  decodedLength += length;
}

// ---- the stack ------------------------------------------------------------------------------------------------------

export function stackTop(): i32 {
  return stackLength;
}

export function truncateStack(length: i32): void {
  stackLength = length;
}

export function push(value: i32): void {
  if (stackLength === stackCapacity) {
    const more = stackCapacity;
    shift(tapeAddress, more * 4);
    stackCapacity += more;
  }
  store<i32>(stackAddress + (stackLength << 2), value);
  stackLength++;
}

export function stackAt(index: i32): i32 {
  return load<i32>(stackAddress + (index << 2));
}

// ---- the tape -------------------------------------------------------------------------------------------------------

export function allocate(size: i32): i32 {
  const at = tapeLength;
  const end = at + size;
  if (end > tapeCapacity) ensureBytes(tapeAddress + end * 4);
  tapeLength = end;
  return at;
}

/** Takes a record back that nothing refers to any more, if it is the last on the tape. */
export function release(at: i32, size: i32): void {
  if (at + size === tapeLength) tapeLength = at;
}

export function read(at: i32): i32 {
  return load<i32>(tapeAddress + (at << 2));
}

export function write(at: i32, value: i32): void {
  store<i32>(tapeAddress + (at << 2), value);
}

/** A record with room for so many integers behind its end. */
export function record(header: i32, start: i32, end: i32, more: i32): i32 {
  const at = allocate(3 + more);
  const address = tapeAddress + (at << 2);
  store<i32>(address, header);
  store<i32>(address, start, 4);
  store<i32>(address, end, 8);
  return at;
}

/** Takes what lies on the stack from an index on into the tape at a place, with its count before it. */
export function moveList(at: i32, count: i32, base: i32): void {
  const address = tapeAddress + (at << 2);
  store<i32>(address, count);
  memory.copy(address + 4, stackAddress + (base << 2), (stackLength - base) << 2);
  stackLength = base;
}

export function startOf(at: i32): i32 {
  return load<i32>(tapeAddress + (at << 2), 4);
}

export function endOf(at: i32): i32 {
  return load<i32>(tapeAddress + (at << 2), 8);
}

/** For whoever copies it out: where the tape and the decoded units are, and how long. */
export function addressOfTape(): i32 {
  return tapeAddress;
}

export function lengthOfTape(): i32 {
  return tapeLength;
}

export function addressOfDecoded(): i32 {
  return decodedAddress;
}
