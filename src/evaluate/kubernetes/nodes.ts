import type { DataEntry, DataMapping, DataNode, DataSequence } from '../../syntax/data/ast.js';

// Written trees, put together anew where an old version is read as the current one. What is made keeps the place of what
// it is made of.

/** The mapping with some of its entries in other words; undefined takes an entry away. */
export function withEntries(node: DataMapping, changes: Readonly<Record<string, DataEntry | undefined>>): DataMapping {
  const entries = new Map(node.entries);
  for (const [key, entry] of Object.entries(changes)) {
    if (entry === undefined) entries.delete(key);
    else entries.set(key, entry);
  }
  return { ...node, entries };
}

/** The entry under another name. */
export function renamed(entry: DataEntry | undefined, key: string): DataEntry | undefined {
  return entry && { ...entry, key };
}

/** An entry that holds something made of it. */
export function entryOf(key: string, value: DataNode, place: DataEntry): DataEntry {
  const { keyStart, keyEnd } = place;
  return { key, spelling: key, keyStart, keyEnd, value, mergedAt: undefined };
}

export function mappingAt(place: DataNode, entries: readonly (DataEntry | undefined)[]): DataMapping {
  const present = entries.filter((entry) => entry !== undefined);
  const { start, end } = place;
  return { kind: 'mapping', start, end, entries: new Map(present.map((entry) => [entry.key, entry])) };
}

export function sequenceAt(place: DataNode, items: readonly DataNode[]): DataSequence {
  return { kind: 'sequence', start: place.start, end: place.end, items };
}

export function textAt(place: DataNode, value: string): DataNode {
  return { kind: 'string', start: place.start, end: place.end, value };
}

/** The mapping with what is at a path of fields and list elements (`*`) changed; what is not there stays so. */
export function changeAt(
  node: DataNode,
  path: readonly string[],
  change: (node: DataMapping) => DataMapping,
): DataNode {
  if (node.kind === 'alias') return changeAt(node.target, path, change);
  const [name, ...inner] = path;
  if (name === undefined) return node.kind === 'mapping' ? change(node) : node;
  if (name === '*') {
    if (node.kind !== 'sequence') return node;
    return { ...node, items: node.items.map((item) => changeAt(item, inner, change)) };
  }
  const entry = node.kind === 'mapping' ? node.entries.get(name) : undefined;
  if (node.kind !== 'mapping' || entry === undefined) return node;
  const value = changeAt(entry.value, inner, change);
  return value === entry.value ? node : withEntries(node, { [name]: { ...entry, value } });
}
