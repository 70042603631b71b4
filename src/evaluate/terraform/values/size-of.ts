import type { Value } from '../../../model/value.js';

/** Sizes of structures by what they hold: shared parts are counted once for each time that they occur. */
const sizes = new WeakMap<object, number>();
/** Smaller structures are counted anew each time. */
const minNoted = 64;

/** How many values a value holds, itself included; structures that are made when they are read count by their entries. */
export function sizeOf(value: Value): number {
  if (value.kind === 'list') return sizeOfParts(value.elements, value.elements);
  if (value.kind !== 'object') return 1;
  const { entries } = value;
  return Object.getPrototypeOf(entries) === Map.prototype ? sizeOfParts(entries, entries.values()) : entries.size + 1;
}

function sizeOfParts(holder: object, parts: Iterable<Value>): number {
  const known = sizes.get(holder);
  if (known !== undefined) return known;
  let size = 1;
  for (const part of parts) size += part.kind === 'list' || part.kind === 'object' ? sizeOf(part) : 1;
  if (size >= minNoted) sizes.set(holder, size);
  return size;
}
