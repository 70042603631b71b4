/**
 * What an object of a kind may have: tables of names, which JavaScript makes at the start. A name is found by its length and
 * its first and last four bytes, where the quotes around it count: it stands between quotes in tables and in events.
 */

import { firstOf, isSame } from './bytes.js';
import { zeros } from './memory.js';

/** A row: sixteen bytes of the name, and its last sixteen; its length, where 0 is no name; what follows it. */
const TAIL = 16;
const LENGTH = 32;
const SLOT = 36;
const INSIDE = 40;
const ROW = 48;
/** Before the rows: how many there are, less one, and whether lists of such objects are read. */
const HEAD = 16;

/** The name that was found last: the slot of its value, or the shape of the object that is its value. */
export class Name {
  static slot: i32 = 0;
  static inside: usize = 0;
}

/** Makes a table of so many rows, a power of two. */
export function makeShape(rows: i32, areElements: bool): usize {
  const shape = zeros(HEAD + rows * ROW);
  store<i32>(shape, rows - 1);
  store<i32>(shape, areElements ? 1 : 0, 4);
  return shape;
}

/** Adds the name between two quotes. */
export function addName(shape: usize, from: i32, to: i32, slot: i32, inside: usize): void {
  let row = rowOf(shape, from, to);
  while (load<i32>(row, LENGTH) !== 0) row = rowAfter(shape, row);
  const length = to - from;
  v128.store(row, firstOf(from, min(length, 16)));
  if (length > 16) v128.store(row, v128.load(to - 16), TAIL);
  store<i32>(row, length, LENGTH);
  store<i32>(row, slot, SLOT);
  store<usize>(row, inside, INSIDE);
}

export function isElements(shape: usize): bool {
  return load<i32>(shape, 4) !== 0;
}

export function findName(shape: usize, from: i32, to: i32): bool {
  const length = to - from;
  for (let row = rowOf(shape, from, to); load<i32>(row, LENGTH) !== 0; row = rowAfter(shape, row)) {
    if (load<i32>(row, LENGTH) !== length || !isSame(row, from, min(length, 16))) continue;
    if (length > 16 && !isSame(row + TAIL, to - 16, 16)) continue;
    Name.slot = load<i32>(row, SLOT);
    Name.inside = load<usize>(row, INSIDE);
    return true;
  }
  return false;
}

function rowOf(shape: usize, from: i32, to: i32): usize {
  const mixed = (load<u32>(from) ^ ((to - from) as u32)) * 0x2c1b3c6d + load<u32>(to - 4) * 0x297a2d39;
  return shape + HEAD + (((mixed >> 16) ^ mixed) & load<u32>(shape)) * ROW;
}

function rowAfter(shape: usize, row: usize): usize {
  const last = shape + HEAD + load<i32>(shape) * ROW;
  return row === last ? shape + HEAD : row + ROW;
}
