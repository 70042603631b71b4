import type { ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import type { Node } from './node.js';

/** Which of the names of one type's resources another name may have in it. */
export interface HeldNames {
  mayBeHeld(node: Node): boolean;
}

/** By the names at an attribute. What the provider makes up has no other's name in it. */
export function heldNames(nodes: readonly Node[], attribute: string): HeldNames {
  const names = new Set<string>();
  const referred = new Set<ResourceKey>();
  const open = new Set<Node>();
  for (const node of nodes) {
    const value = node.values.entries.get(attribute);
    if (value?.kind === 'string') names.add(value.value);
    if (value?.kind !== 'unknown') continue;
    const references = value.refersTo ?? [];
    for (const { root, address } of references) referred.add(resourceKey(root, address));
    if (references.length === 0 && (value.parts !== undefined || value.reason !== 'computed-by-provider'))
      open.add(node);
  }
  const held = partsOfOthers(names);
  return {
    mayBeHeld: (node) => {
      const own = node.values.entries.get(attribute);
      const isOpen = open.size > (open.has(node) ? 1 : 0);
      return isOpen || referred.has(node.key) || (own?.kind === 'string' && held.has(own.value));
    },
  };
}

/** How many characters of a name are compared before all of them are. */
const HEAD = 3;
/** SAFETY: no service has longer names; with one each may stand in it. */
const maxNameLength = 256;

/** The texts that stand in a longer one, in time of the order of all of them together. */
export function partsOfOthers(texts: ReadonlySet<string>): ReadonlySet<string> {
  if ([...texts].some((text) => text.length > maxNameLength)) return texts;
  const lengths = new Map<string, Set<number>>();
  for (const text of texts) {
    const head = text.slice(0, HEAD);
    const known = lengths.get(head);
    if (known === undefined) lengths.set(head, new Set([text.length]));
    else known.add(text.length);
  }
  const shortest = [...texts].filter((text) => text.length < HEAD);
  const found = new Set<string>();
  for (const text of texts) {
    for (const part of shortest) if (part !== text && text.includes(part)) found.add(part);
    for (let start = 0; start + HEAD <= text.length; start++) {
      for (const length of lengths.get(text.slice(start, start + HEAD)) ?? []) {
        if (length >= text.length || start + length > text.length) continue;
        const part = text.slice(start, start + length);
        if (texts.has(part)) found.add(part);
      }
    }
  }
  return found;
}
