import type { Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import type { Linker } from './linker.js';
import type { Node } from './node.js';
import type { Inheritance } from './resource-types/entries.js';
import { splitPath, valueAt, withValueAt } from './value-paths.js';

/** Fills what a resource leaves unset from the resource that it names: an instance from its launch template. */
export function applyInheritance(node: Node, linker: Linker): void {
  for (const inheritance of node.model.table?.inherits ?? []) inherit(node, inheritance, linker);
}

function inherit(node: Node, { from, type, attributes }: Inheritance, linker: Linker): void {
  const value = from
    .map((path) => valueAt(node.values, splitPath(path)))
    .find((candidate) => candidate !== undefined && candidate.kind !== 'null');
  if (value === undefined) return;
  const { targets } = linker.resolve(value, { types: [type], from: node });
  const [target] = [...targets].filter(
    ([candidate, certainty]) => certainty === 'certain' && candidate.presence === 'written',
  );
  for (const attribute of attributes) {
    const own = valueAt(node.values, splitPath(attribute));
    if (own !== undefined && own.kind !== 'null') continue;
    const inherited = target === undefined ? outside(value) : valueAt(target[0].values, splitPath(attribute));
    if (inherited !== undefined) node.values = withValueAt(node.values, splitPath(attribute), inherited);
  }
}

function outside(value: Value): Value {
  const subject = value.kind === 'string' ? value.value : value.kind === 'unknown' ? value.subject : undefined;
  return unknownValue('outside-input', { subject, origin: value.origin });
}
