import type { Expression } from '../../syntax/hcl/ast.js';
import { parseHclExpression } from '../../syntax/hcl/parse-hcl.js';
import type { ModuleConfiguration } from './configuration/declarations.js';
import { NO_BLOCKS, readBlock } from './configuration/read-body.js';

/** `moved` blocks: old address → new address. */
export function readMoves({ moved }: ModuleConfiguration): Map<string, string> {
  const moves = new Map<string, string>();
  for (const placed of moved) {
    const { attributes } = readBlock(placed, NO_BLOCKS, () => undefined);
    const [from, to] = ['from', 'to'].map((name) => addressOf(attributes.get(name)?.attribute.expression));
    if (from !== undefined && to !== undefined) moves.set(from, to);
  }
  return moves;
}

/** An address as it is written: `module.a["x"].aws_s3_bucket.b`. */
function addressOf(expression: Expression | undefined): string | undefined {
  switch (expression?.kind) {
    case 'variable':
      return expression.name;
    case 'get-attribute': {
      const object = addressOf(expression.object);
      return object === undefined ? undefined : `${object}.${expression.name}`;
    }
    case 'index': {
      const collection = addressOf(expression.collection);
      const key = keyOf(expression.key);
      return collection === undefined || key === undefined ? undefined : `${collection}[${key}]`;
    }
    case 'template': {
      if (expression.text === undefined) return undefined;
      return addressOf(parseHclExpression({ path: '', text: expression.text }).expression);
    }
    default:
      return undefined;
  }
}

function keyOf(key: Expression): string | undefined {
  if (key.kind === 'literal' && typeof key.value === 'object' && key.value !== null) return key.value.number;
  if (key.kind !== 'template') return undefined;
  const [part] = key.parts;
  return part?.kind === 'text' ? JSON.stringify(part.value) : undefined;
}
