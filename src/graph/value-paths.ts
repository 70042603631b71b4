import type { ObjectValue, Value } from '../model/value.js';
import { OBJECT_TYPE } from './draft.js';

/** Paths come from the tables: there are few, and each is asked for often. */
const split = new Map<string, readonly string[]>();

export function splitPath(path: string): readonly string[] {
  const known = split.get(path);
  if (known !== undefined) return known;
  const names = path === '' ? [] : path.split('.');
  split.set(path, names);
  return names;
}

/** The value at a path of objects; undefined where nothing is. */
export function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let current: Value | undefined = value;
  for (const name of path) {
    if (current?.kind !== 'object') return undefined;
    current = current.entries.get(name);
  }
  return current;
}

/** The values at a path, elements of lists walked. */
export function valuesAt(value: Value | undefined, path: readonly string[]): readonly Value[] {
  if (value === undefined) return [];
  if (value.kind === 'list') return value.elements.flatMap((element) => valuesAt(element, path));
  const [name, ...inner] = path;
  if (name === undefined) return [value];
  return value.kind === 'object' ? valuesAt(value.entries.get(name), inner) : [];
}

/** The object with a value put at a path; objects on the way are made. What is no object stays as it is. */
export function withValueAt(object: ObjectValue, path: readonly string[], value: Value | undefined): ObjectValue {
  const [name, ...inner] = path;
  if (name === undefined) return object;
  const entries = new Map(object.entries);
  if (inner.length === 0) {
    if (value === undefined) entries.delete(name);
    else entries.set(name, value);
    return { ...object, entries };
  }
  const present = entries.get(name);
  // What is known to be absent is there once something is in it; that nothing is in it does not make it.
  const isAbsent = present === undefined || present.kind === 'null';
  if (present?.kind === 'null' && (value === undefined || value.kind === 'null')) return object;
  const child = isAbsent ? { kind: 'object' as const, type: OBJECT_TYPE, entries: new Map() } : present;
  if (child.kind !== 'object') return object;
  entries.set(name, withValueAt(child, inner, value));
  return { ...object, entries };
}

/** Whether two values are certainly the same. Origins do not count; null is absent; lists count in their order. */
export function isSameValue(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'null':
      return true;
    case 'string':
    case 'number':
    case 'bool':
      return 'value' in b && a.value === b.value;
    case 'unknown':
      return b.kind === 'unknown' && a.identity !== undefined && a.identity === b.identity;
    case 'list':
      return (
        b.kind === 'list' &&
        a.rest === undefined &&
        b.rest === undefined &&
        a.existence === undefined &&
        b.existence === undefined &&
        a.elements.length === b.elements.length &&
        a.elements.every((element, index) => {
          const other = b.elements[index];
          return other !== undefined && isSameValue(element, other);
        })
      );
    case 'object':
      return b.kind === 'object' && a.rest === undefined && b.rest === undefined && hasSameEntries(a, b);
  }
}

function hasSameEntries(a: ObjectValue, b: ObjectValue): boolean {
  const present = (object: ObjectValue) => [...object.entries].filter(([, value]) => value.kind !== 'null');
  const entries = present(a);
  return (
    entries.length === present(b).length &&
    entries.every(([name, value]) => {
      const other = b.entries.get(name);
      return other !== undefined && isSameValue(value, other);
    })
  );
}
