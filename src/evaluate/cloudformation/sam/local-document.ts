import type { DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { placedNode } from '../templates/placed-node.js';
import type { Expansion } from './model.js';
import { entryOf, intrinsicOf, mappingOf, nodeAt } from './nodes.js';

/**
 * The definition in a file beside the template, which the tool that deploys uploads, as if it were written at the place that
 * names the file. Undefined for what lies elsewhere, or cannot be read.
 */
export function localDocument({ context }: Expansion, location: DataNode): DataNode | undefined {
  const path = scalarText(location);
  if (path === undefined || /^[a-z0-9]+:/i.test(path)) return undefined;
  const root = context.readDocument?.(path);
  return root === undefined ? undefined : placedNode(root, location);
}

/** What `AWS::Include` puts in its own place, if it is a file beside the template. */
export function includedDocument(expansion: Expansion, node: DataNode): DataNode | undefined {
  const call = intrinsicOf(node);
  const macro = call?.name === 'Fn::Transform' ? mappingOf(call.argument) : undefined;
  if (scalarText(nodeAt(macro, 'Name')) !== 'AWS::Include') return undefined;
  const location = entryOf(mappingOf(nodeAt(macro, 'Parameters')), 'Location');
  return location === undefined ? undefined : localDocument(expansion, location.value);
}
