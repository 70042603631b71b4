import type { Value } from '../../../model/value.js';

/** By what a collection holds, which stays the same object when the value gets another origin or mark. */
const keySets = new WeakMap<object, string>();

function contentOf(value: Value): object | undefined {
  if (value.kind === 'object') return value.entries;
  return value.kind === 'list' ? value.elements : undefined;
}

/** The name of the set of keys of a collection whose keys are not all known: equal for equal key sets. */
export function keySetOf(collection: Value): string | undefined {
  if (collection.kind === 'unknown') return collection.identity;
  const content = contentOf(collection);
  return content === undefined ? undefined : keySets.get(content);
}

export function noteKeySet(collection: Value, keySet: string): void {
  const content = contentOf(collection);
  if (content !== undefined) keySets.set(content, keySet);
}
