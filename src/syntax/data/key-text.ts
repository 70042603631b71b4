import type { DataDialect, DataNode } from './ast.js';
import { kubernetesKey } from './numbers.js';

/** A key as its service reads it: resolved as a value is, then as text. Undefined for null, a list, a mapping. */
export function keyText(node: DataNode, dialect: DataDialect): string | undefined {
  switch (node.kind) {
    case 'alias':
      return keyText(node.target, dialect);
    case 'string':
      return node.value;
    case 'bool':
      return String(node.value);
    case 'number':
      if (dialect === 'kubernetes') return kubernetesKey(node.text, node.spelling);
      // A whole number is one, another stays as it is written.
      return node.spelling.includes('.') ? node.spelling : node.text;
    default:
      return undefined;
  }
}
