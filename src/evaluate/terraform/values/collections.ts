import type { Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';

/** An object of the entries, sorted by key, with the type that they give it. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ObjectValue {
  const sorted = new Map([...entries].sort(([a], [b]) => compareText(a, b)));
  const attributes = new Map<string, Type>();
  for (const [key, entry] of sorted) attributes.set(key, typeOf(entry));
  return { kind: 'object', type: { kind: 'object', attributes }, entries: sorted };
}

/** A tuple of the elements. */
export function tupleOf(elements: readonly Value[]): ListValue {
  return { kind: 'list', type: { kind: 'tuple', elements: elements.map(typeOf) }, elements };
}

/** A list of elements that have its element type. */
export function listValueOf(elements: readonly Value[], element: Type): ListValue {
  return { kind: 'list', type: { kind: 'list', element }, elements };
}

/** A map of the entries, sorted by key, whose values have its element type. */
export function mapValueOf(entries: Iterable<readonly [string, Value]>, element: Type): ObjectValue {
  const sorted = new Map([...entries].sort(([a], [b]) => compareText(a, b)));
  return { kind: 'object', type: { kind: 'map', element }, entries: sorted };
}
