import { LineIndex } from '../../../src/source/line-index.js';
import type { DataNode, DataStream } from '../../../src/syntax/data/ast.js';

/** A node as JSON: aliases followed, numbers as their exact text, what is not readable as `(reason)`. */
export function plainData(node: DataNode): unknown {
  switch (node.kind) {
    case 'mapping':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainData(value)]));
    case 'sequence':
      return node.items.map(plainData);
    case 'alias':
      return plainData(node.target);
    case 'string':
    case 'bool':
      return node.value;
    case 'number':
      return new ExactNumber(node.text);
    case 'null':
      return null;
    case 'invalid':
      return `(${node.reason})`;
  }
}

/** A number as its text: `JSON.parse` would round it. */
export class ExactNumber {
  constructor(readonly text: string) {}
  toJSON(): string {
    return `#${this.text}`;
  }
}

/** `line:column-line:column` of a range. */
export function placeOf(stream: DataStream, { start, end }: { readonly start: number; readonly end: number }): string {
  const index = new LineIndex(stream.source.text);
  const [from, to] = [index.position(start), index.position(end)];
  return `${from.line}:${from.column}-${to.line}:${to.column}`;
}
