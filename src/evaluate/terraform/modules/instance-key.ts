import { PROTOTYPE_MARK } from './any-instance.js';

/** The key of an instance: none, `count.index`, `each.key`, or `*` for one that stands for all of unknown keys. */
export type InstanceKey = undefined | number | string | { readonly prototype: true };

/** `["a"]`, `[0]`, `[*]`, or nothing. */
export function formatKey(key: InstanceKey): string {
  if (key === undefined) return '';
  if (typeof key === 'number') return `[${key}]`;
  return typeof key === 'string' ? `[${quoteKey(key)}]` : '[*]';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '${': '$${',
  '%{': '%%{',
};

/** As Terraform writes keys in addresses: a text that is no template. */
function quoteKey(key: string): string {
  return `"${key.replace(/[\\"\n\r\t]|[$%]\{/g, (found) => ESCAPES[found] ?? found)}"`;
}

export const PROTOTYPE = { prototype: true } as const;

/** The identity of `each.key` and `count.index` in the instance that stands for those of a key set. */
export function instanceKeyIdentity(keySet: string | undefined): string | undefined {
  return keySet === undefined ? undefined : `${keySet}${PROTOTYPE_MARK}.key`;
}
