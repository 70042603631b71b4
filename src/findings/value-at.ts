import type { Value } from '../model/value.js';

/** The value at a path in normal form (`ingress[2].cidr_ipv4`, `tags["Owner"]`); undefined where there is none. */
export function valueAt(value: Value, path: string): Value | undefined {
  let current: Value | undefined = value;
  for (const step of pathSteps(path)) {
    if (current?.kind === 'object') current = current.entries.get(String(step));
    else if (current?.kind === 'list' && typeof step === 'number') current = current.elements[step];
    else return undefined;
  }
  return current;
}

/** A path's names and indexes. */
export function pathSteps(path: string): (string | number)[] {
  const pattern = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)|\[([^\]]*)\]/g;
  return [...path.matchAll(pattern)].map(([, key, index, name, other]) => {
    if (index !== undefined) return Number(index);
    return key?.replace(/\\(.)/g, '$1') ?? name ?? other ?? '';
  });
}

/** The known scalar at a path, as text; undefined for anything else, and for what is sensitive. */
export function readScalar(value: Value, path: string): string | undefined {
  const found = valueAt(value, path);
  if (found === undefined || found.sensitive === true) return undefined;
  if (found.kind === 'string' || found.kind === 'number' || found.kind === 'bool') return String(found.value);
  return undefined;
}
