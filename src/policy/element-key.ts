import type { Resource } from '../model/resource.js';
import type { RuntimeValue } from './language/runtime-value.js';

/** Attributes that name an element of a list, the first that is there counts. */
const NAMES = ['name', 'sid', 'id', 'key'];

/**
 * What tells an element from its neighbours across runs: the address of the rule or companion that declares it, its name,
 * else a hash of its known values; never its position.
 */
export function elementKey(resource: Resource, path: string, value: RuntimeValue): string {
  const declared = resource.declaredIn.get(path) ?? resource.members.find((member) => member.path === path)?.address;
  if (declared !== undefined) return declared;
  if (value.kind === 'string') return value.value;
  if (value.kind === 'object') {
    for (const name of NAMES) {
      const entry = value.entries.get(name);
      if (entry?.kind === 'string' && entry.value !== '') return `${name}=${entry.value}`;
    }
  }
  return `#${hash(knownText(value))}`;
}

/** A canonical text of what is known. */
function knownText(value: RuntimeValue): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
    case 'bool':
      return String(value.value);
    case 'list':
      return `[${value.elements.map(knownText).join(',')}]`;
    case 'object': {
      const entries = [...value.entries].flatMap(([key, entry]) => {
        const text = knownText(entry);
        return text === '' ? [] : [`${JSON.stringify(key)}:${text}`];
      });
      return `{${entries.sort().join(',')}}`;
    }
    case 'unknown':
      return (value.parts ?? []).map((part) => (typeof part === 'string' ? JSON.stringify(part) : '?')).join('+');
    default:
      return '';
  }
}

/** FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}
