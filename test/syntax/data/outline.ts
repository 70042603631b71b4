import { severityOf } from '../../../src/source/diagnostic.js';
import { LineIndex } from '../../../src/source/line-index.js';
import type { DataDialect, DataNode, DataStream } from '../../../src/syntax/data/ast.js';
import { parseData } from '../../../src/syntax/data/parse-data.js';

export const readData = (text: string, dialect: DataDialect = 'kubernetes', path = 'bakery.yaml'): DataStream =>
  parseData({ path, text }, dialect);

/**
 * A node as JSON: aliases followed, a number as `{ number: text }`; a local tag as CloudFormation's long form, Kubernetes
 * reads over it.
 */
export function plainData(node: DataNode, dialect: DataDialect): unknown {
  const plain = untagged(node, dialect);
  const isShown = node.tag !== undefined && dialect === 'cloudformation';
  return isShown ? { [`Fn::${node.tag?.slice(1)}`]: plain } : plain;
}

function untagged(node: DataNode, dialect: DataDialect): unknown {
  switch (node.kind) {
    case 'mapping':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainData(value, dialect)]));
    case 'sequence':
      return node.items.map((item) => plainData(item, dialect));
    case 'alias':
      return plainData(node.target, dialect);
    case 'string':
    case 'bool':
      return node.value;
    case 'number':
      return { number: node.text };
    case 'null':
      return null;
    case 'invalid':
      return { invalid: node.reason };
  }
}

/** Every node of a tree, keys apart, each alias once. */
export function* nodesOf(node: DataNode): Generator<DataNode> {
  yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* nodesOf(item);
  if (node.kind === 'mapping') {
    for (const { value, mergedAt } of node.entries.values()) if (mergedAt === undefined) yield* nodesOf(value);
  }
}

/** `line:column-line:column` of a range; `index` for many of a long text. */
export function placeIn(
  stream: DataStream,
  { start, end }: { readonly start: number; readonly end: number },
  index = new LineIndex(stream.source.text),
): string {
  const [from, to] = [index.position(start), index.position(end)];
  return `${from.line}:${from.column}-${to.line}:${to.column}`;
}

/** What the service would not have read. */
export function problemsOf(stream: DataStream): string[] {
  return stream.diagnostics
    .filter(({ code }) => severityOf(code) === 'error' || code === 'yaml-bad-alias' || code === 'yaml-invalid-value')
    .map(({ code, message }) => `${code} ${message}`);
}

/** A tree as indented lines: key, kind, value, place. */
export function outlineData(stream: DataStream, node: DataNode, label = '', indent = ''): string[] {
  const tag = node.tag === undefined ? '' : `${node.tag} `;
  const own = `${indent}${label}${tag}${shownValue(node)} ${placeIn(stream, node)}`;
  const inner = `${indent}  `;
  if (node.kind === 'sequence') return [own, ...node.items.flatMap((item) => outlineData(stream, item, '- ', inner))];
  if (node.kind !== 'mapping') return [own];
  const lines = [...node.entries.values()].flatMap(({ key, spelling, keyStart, keyEnd, value, mergedAt }) => {
    const written = key === spelling ? key : `${key} (${spelling})`;
    const merged = mergedAt === undefined ? '' : ` merged at ${placeIn(stream, mergedAt)}`;
    const place = placeIn(stream, { start: keyStart, end: keyEnd });
    return outlineData(stream, value, `${written} ${place}${merged}: `, inner);
  });
  return [own, ...lines];
}

function shownValue(node: DataNode): string {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.text === node.spelling ? node.text : `${node.text} (${node.spelling})`;
    case 'bool':
      return String(node.value) === node.spelling ? node.spelling : `${node.value} (${node.spelling})`;
    case 'alias':
      return `*${node.name} to ${node.target.kind}`;
    case 'invalid':
      return `(${node.reason})`;
    case 'null':
    case 'mapping':
    case 'sequence':
      return node.kind;
  }
}
