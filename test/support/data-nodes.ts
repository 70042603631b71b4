import type { SourceFile } from '../../src/source/source-file.js';
import type { DataMapping, DataNode } from '../../src/syntax/data/ast.js';
import { parseData } from '../../src/syntax/data/parse-data.js';

/** The tree of a template. */
export function templateTree(source: SourceFile): DataMapping {
  const root = parseData(source, 'cloudformation').documents[0]?.root;
  if (root?.kind !== 'mapping') throw new Error(`not a template: ${source.path}`);
  return root;
}

/** The plain value of a tree, short forms of intrinsic functions as their long ones. */
export function plainValue(node: DataNode): unknown {
  if (node.kind === 'alias') return plainValue(node.target);
  const { tag, ...rest } = node;
  if (tag !== undefined) {
    const name = tag.slice(1);
    const value = plainValue(rest as DataNode);
    if (name === 'Ref' || name === 'Condition') return { [name]: value };
    if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
    const [id, ...attribute] = value.split('.');
    return { 'Fn::GetAtt': attribute.length === 0 ? [id] : [id, attribute.join('.')] };
  }
  if (node.kind === 'mapping') {
    return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainValue(entry.value)]));
  }
  if (node.kind === 'sequence') return node.items.map(plainValue);
  if (node.kind === 'number') return Number(node.text);
  if (node.kind === 'invalid') return { invalid: node.reason };
  return node.kind === 'null' ? null : node.value;
}
