import type { DataEntry, DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias } from '../expression/nodes.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** SAFETY: how many nodes of a text become part of a template: aliases may stand for many. */
const maxNodes = 100_000;

/** A tree as if all of it were written at one place; undefined where it is too large for that. */
export function placedNode(root: DataNode, { start, end }: Place): DataNode | undefined {
  let left = maxNodes;
  const place = (written: DataNode): DataNode => {
    left--;
    const node = left < 0 ? written : resolveAlias(written);
    if (node.kind === 'sequence') return { ...node, items: left < 0 ? [] : node.items.map(place), start, end };
    if (node.kind !== 'mapping') return { ...node, start, end };
    const entries = new Map<string, DataEntry>();
    for (const [key, entry] of left < 0 ? [] : node.entries)
      entries.set(key, { ...entry, keyStart: start, keyEnd: end, value: place(entry.value), mergedAt: undefined });
    return { ...node, entries, start, end };
  };
  const placed = place(root);
  return left < 0 ? undefined : placed;
}
