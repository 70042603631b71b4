import type { YamlNode } from './ast.js';
import { resolveScalar } from './resolve-scalar.js';

/**
 * A node as plain values in the core dialect: strings, numbers, booleans, null, arrays, and objects without a prototype, so
 * that no key (`__proto__`, `constructor`) means anything. Of keys given twice the last one counts. Nodes that aliases share
 * are shared values.
 */
export function toPlain(node: YamlNode): unknown {
  return plainOf(node, new Map());
}

function plainOf(node: YamlNode, done: Map<YamlNode, unknown>): unknown {
  if (node.kind === 'scalar') return scalarOf(node);
  if (done.has(node)) return done.get(node);
  if (node.kind === 'sequence') {
    const items: unknown[] = [];
    done.set(node, items);
    for (const item of node.items) items.push(plainOf(item, done));
    return items;
  }
  const object: Record<string, unknown> = Object.create(null);
  done.set(node, object);
  for (const { key, value } of node.entries) object[keyOf(key)] = plainOf(value, done);
  return object;
}

function scalarOf(node: Extract<YamlNode, { kind: 'scalar' }>): unknown {
  const resolved = resolveScalar(node, 'core');
  if (resolved.kind === 'null') return null;
  return resolved.kind === 'number' ? Number(resolved.text) : resolved.value;
}

/** The text of a scalar key as it is written; a collection has no name and is the empty one. */
function keyOf(key: YamlNode): string {
  return key.kind === 'scalar' ? key.text : '';
}
