import { compareText } from '../../../source/compare-text.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias } from '../expression/nodes.js';
import { intrinsicOf } from './nodes.js';

// SAFETY: aliases may repeat one piece without end; nothing that names a domain is this long.
const maxCanonicalNodes = 1_000;

/** The text of which the service makes a hash: a text itself, everything else as JSON with its keys in order. */
export function canonicalText(node: DataNode): string {
  const found = resolveAlias(node);
  return found.kind === 'string' && found.tag === undefined ? found.value : json(found, { nodes: 0 });
}

interface Budget {
  nodes: number;
}

function json(node: DataNode, budget: Budget): string {
  budget.nodes += 1;
  if (budget.nodes > maxCanonicalNodes) return '';
  const found = resolveAlias(node);
  const intrinsic = found.tag === undefined ? undefined : intrinsicOf(found);
  if (intrinsic !== undefined) return `{${JSON.stringify(intrinsic.name)}:${argumentJson(intrinsic, budget)}}`;
  switch (found.kind) {
    case 'string':
      return JSON.stringify(found.value);
    case 'number':
      return found.text;
    case 'bool':
      return String(found.value);
    case 'sequence':
      return `[${found.items.map((item) => json(item, budget)).join(',')}]`;
    case 'mapping': {
      const entries = [...found.entries].sort(([a], [b]) => compareText(a, b));
      return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${json(entry.value, budget)}`).join(',')}}`;
    }
    default:
      return 'null';
  }
}

/** `!GetAtt A.B` is a list of two in the long form. */
function argumentJson(
  { name, argument }: { readonly name: string; readonly argument: DataNode },
  budget: Budget,
): string {
  if (name !== 'Fn::GetAtt' || argument.kind !== 'string') return json(argument, budget);
  const dot = argument.value.indexOf('.');
  if (dot < 0) return json(argument, budget);
  return JSON.stringify([argument.value.slice(0, dot), argument.value.slice(dot + 1)]);
}
