import { compareText } from '../../../source/compare-text.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias } from '../expression/nodes.js';
import { intrinsicOf } from './nodes.js';

/** The text of which the service makes a hash: a text itself, everything else as JSON with its keys in order. */
export function canonicalText(node: DataNode): string {
  const found = resolveAlias(node);
  return found.kind === 'string' && found.tag === undefined ? found.value : json(found);
}

function json(node: DataNode): string {
  const found = resolveAlias(node);
  const intrinsic = found.tag === undefined ? undefined : intrinsicOf(found);
  if (intrinsic !== undefined) return `{${JSON.stringify(intrinsic.name)}:${argumentJson(intrinsic)}}`;
  switch (found.kind) {
    case 'string':
      return JSON.stringify(found.value);
    case 'number':
      return found.text;
    case 'bool':
      return String(found.value);
    case 'sequence':
      return `[${found.items.map(json).join(',')}]`;
    case 'mapping': {
      const entries = [...found.entries].sort(([a], [b]) => compareText(a, b));
      return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${json(entry.value)}`).join(',')}}`;
    }
    default:
      return 'null';
  }
}

/** `!GetAtt A.B` is a list of two in the long form. */
function argumentJson({ name, argument }: { readonly name: string; readonly argument: DataNode }): string {
  if (name !== 'Fn::GetAtt' || argument.kind !== 'string') return json(argument);
  const dot = argument.value.indexOf('.');
  if (dot < 0) return json(argument);
  return JSON.stringify([argument.value.slice(0, dot), argument.value.slice(dot + 1)]);
}
