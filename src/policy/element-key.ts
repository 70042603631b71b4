import { memberAt, type Resource } from '../model/resource.js';
import type { RuntimeValue } from './language/runtime-value.js';

/** Attributes that name an element of a list, the first that is there counts. */
const NAMES = ['name', 'sid', 'id', 'key'];

/**
 * What tells an element from its neighbours across runs: the address of the rule or companion that declares it, its name,
 * else a hash of its known values; never its position.
 */
export function elementKey(resource: Resource, path: string, value: RuntimeValue): string {
  const declared = resource.declaredIn.get(path) ?? memberAt(resource, path)?.address;
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

/** FNV-1a, 64 bits, in two halves of 32: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of new TextEncoder().encode(text)) {
    low = (low ^ byte) >>> 0;
    // The prime is 2 ** 40 + 0x1b3; what its product with the lower half carries goes to the upper one.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
