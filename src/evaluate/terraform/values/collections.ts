import type { Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, Value } from '../../../model/value.js';
import { listValue, objectValue, typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';

/** An object of the entries, sorted by key, with the type that they give it. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ObjectValue {
  const sorted = sortEntries(entries);
  return objectValue(objectTypeOf(sorted), sorted);
}

/** The object type of the entries, with the type of each. */
export function objectTypeOf(entries: ReadonlyMap<string, Value>): Type & { readonly kind: 'object' } {
  const attributes = new Map<string, Type>();
  for (const [key, entry] of entries) attributes.set(key, typeOf(entry));
  return { kind: 'object', attributes };
}

/** A tuple of the elements. */
export function tupleOf(elements: readonly Value[]): ListValue {
  return listValue({ kind: 'tuple', elements: elements.map(typeOf) }, elements);
}

/** A list of elements that have its element type. */
export function listValueOf(elements: readonly Value[], element: Type): ListValue {
  return listValue({ kind: 'list', element }, elements);
}

/** A map of the entries, sorted by key, whose values have its element type. */
export function mapValueOf(entries: Iterable<readonly [string, Value]>, element: Type): ObjectValue {
  const sorted = sortEntries(entries);
  return objectValue({ kind: 'map', element }, sorted);
}

/** Sorted by key; the entries themselves where they are a map that is sorted already, for whoever gives them away. */
function sortEntries(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const map = entries instanceof Map ? entries : new Map<string, Value>(entries);
  let last: string | undefined;
  for (const key of map.keys()) {
    if (last !== undefined && compareText(last, key) > 0)
      return new Map([...map].sort(([a], [b]) => compareText(a, b)));
    last = key;
  }
  return map;
}
