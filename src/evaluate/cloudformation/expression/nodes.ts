import type { DataMapping, DataNode, DataSequence } from '../../../syntax/data/ast.js';
import type { IntrinsicCall } from './context.js';

/** The node that an alias stands for. */
export function resolveAlias(node: DataNode): Exclude<DataNode, { readonly kind: 'alias' }> {
  let found = node;
  while (found.kind === 'alias') found = found.target;
  return found;
}

/**
 * The intrinsic function that a node calls: by its tag, or as a mapping with that one key. `Condition` is one only where
 * conditions stand: elsewhere it is a key of IAM.
 */
export function intrinsicOf(node: DataNode, isCondition: boolean): IntrinsicCall | undefined {
  const { tag } = node;
  if (tag !== undefined) return { name: nameOfTag(tag), argument: { ...node, tag: undefined }, at: node };
  if (node.kind !== 'mapping' || node.entries.size !== 1) return undefined;
  for (const { key, value } of node.entries.values()) {
    if (isIntrinsicName(key) || (isCondition && key === 'Condition')) return { name: key, argument: value, at: node };
  }
  return undefined;
}

export function isIntrinsicName(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function nameOfTag(tag: string): string {
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name.startsWith('Fn::') ? name.slice(4) : name}`;
}

/** A mapping, behind aliases. */
export function mappingOf(node: DataNode | undefined): DataMapping | undefined {
  const found = node === undefined ? undefined : resolveAlias(node);
  return found?.kind === 'mapping' && found.tag === undefined ? found : undefined;
}

/** A mapping that calls no function. */
export function plainMappingOf(node: DataNode | undefined): DataMapping | undefined {
  const found = mappingOf(node);
  return found === undefined || intrinsicOf(found, false) !== undefined ? undefined : found;
}

export function sequenceOf(node: DataNode | undefined): DataSequence | undefined {
  const found = node === undefined ? undefined : resolveAlias(node);
  return found?.kind === 'sequence' && found.tag === undefined ? found : undefined;
}

/** A scalar's text as the service has it: `1.10` is `1.1`. Undefined for null, and for what is no scalar. */
export function scalarText(node: DataNode | undefined): string | undefined {
  const found = node === undefined ? undefined : resolveAlias(node);
  if (found === undefined || found.tag !== undefined) return undefined;
  switch (found.kind) {
    case 'string':
      return found.value;
    case 'number':
      return found.text;
    case 'bool':
      return String(found.value);
    default:
      return undefined;
  }
}

/** The value at a key of a plain mapping. */
export function entryOf(node: DataNode | undefined, key: string): DataNode | undefined {
  return mappingOf(node)?.entries.get(key)?.value;
}
