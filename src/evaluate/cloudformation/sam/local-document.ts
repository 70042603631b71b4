import type { DataEntry, DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import type { Expansion } from './model.js';
import { entryOf, intrinsicOf, mappingOf, nodeAt, type Place } from './nodes.js';

/** SAFETY: how many nodes of a file become part of a template: aliases may stand for many. */
const maxNodes = 100_000;

/**
 * The definition in a file beside the template, which the tool that deploys uploads, as if it were written at the place that
 * names the file. Undefined for what lies elsewhere, or cannot be read.
 */
export function localDocument({ context }: Expansion, location: DataNode): DataNode | undefined {
  const path = scalarText(location);
  if (path === undefined || /^[a-z0-9]+:/i.test(path)) return undefined;
  const root = context.readDocument?.(path);
  return root === undefined ? undefined : placedAt(root, location, { left: maxNodes });
}

/** What `AWS::Include` puts in its own place, if it is a file beside the template. */
export function includedDocument(expansion: Expansion, node: DataNode): DataNode | undefined {
  const call = intrinsicOf(node);
  const macro = call?.name === 'Fn::Transform' ? mappingOf(call.argument) : undefined;
  if (scalarText(nodeAt(macro, 'Name')) !== 'AWS::Include') return undefined;
  const location = entryOf(mappingOf(nodeAt(macro, 'Parameters')), 'Location');
  return location === undefined ? undefined : localDocument(expansion, location.value);
}

function placedAt(written: DataNode, { start, end }: Place, budget: { left: number }): DataNode | undefined {
  if (budget.left-- <= 0) return undefined;
  const node = resolveAlias(written);
  if (node.kind === 'sequence') {
    const items: DataNode[] = [];
    for (const item of node.items) {
      const placed = placedAt(item, { start, end }, budget);
      if (placed === undefined) return undefined;
      items.push(placed);
    }
    return { ...node, items, start, end };
  }
  if (node.kind !== 'mapping') return { ...node, start, end };
  const entries = new Map<string, DataEntry>();
  for (const [key, entry] of node.entries) {
    const value = placedAt(entry.value, { start, end }, budget);
    if (value === undefined) return undefined;
    entries.set(key, { ...entry, keyStart: start, keyEnd: end, value, mergedAt: undefined });
  }
  return { ...node, entries, start, end };
}
