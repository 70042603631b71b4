import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { DataEntry, DataMapping, DataNode } from '../../src/syntax/data/ast.js';
import type { SourceFile } from '../../src/source/source-file.js';

/** The tree of a template, as the parser of templates gives it; only for texts without anything unusual in them. */
export function dataNodes(source: SourceFile): DataMapping {
  const [document] = parseAllDocuments(source.text, { version: '1.1', customTags: [], logLevel: 'silent' });
  const root = document && 'contents' in document ? toNode(document.contents as Node | null) : undefined;
  if (root?.kind !== 'mapping') throw new Error(`not a template: ${source.path}`);
  return root;
}

function toNode(node: Node | null): DataNode {
  const [start = 0, valueEnd = 0] = node?.range ?? [];
  const tag = node?.tag?.startsWith('!') === true ? { tag: node.tag } : {};
  const common = { start, end: valueEnd, ...tag };
  if (isMap(node)) {
    const entries = new Map<string, DataEntry>();
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = typeof pair.key.value === 'boolean' ? String(pair.key.source) : String(pair.key.value);
      const [keyStart = 0, keyEnd = 0] = pair.key.range ?? [];
      entries.set(key, { key, spelling: key, keyStart, keyEnd, value: toNode(pair.value as Node | null) });
    }
    return { kind: 'mapping', entries, ...common };
  }
  if (isSeq(node)) return { kind: 'sequence', items: node.items.map((item) => toNode(item as Node)), ...common };
  if (isAlias(node)) throw new Error('aliases are not needed here');
  const value = isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return { kind: 'null', ...common };
  if (typeof value === 'number') return { kind: 'number', text: String(value), spelling: String(value), ...common };
  const spelling = isScalar(node) ? String(node.source) : '';
  if (typeof value === 'boolean' && /^[yn]$/i.test(spelling)) return { kind: 'string', value: spelling, ...common };
  if (typeof value === 'boolean') return { kind: 'bool', value, spelling: String(value), ...common };
  return { kind: 'string', value: String(value), ...common };
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
