import { DYNAMIC, type Type } from '../../model/type.js';
import type { Value } from '../../model/value.js';
import { listValue, nullValue, objectValue, originAt } from '../../model/values.js';
import type { BlockSchema } from '../../schemas/schema.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { toValue } from './to-value.js';

const OBJECT: Type = { kind: 'object', attributes: new Map() };
const BLOCKS: Type = { kind: 'list', element: OBJECT };

/** A value in Terraform's vocabulary: a block is a list of objects, also where there can be but one. */
export function toTerraformValue(name: string, node: JsonNode, schema: BlockSchema, file: SourceFile): Value {
  const block = schema.blocks.get(name)?.block;
  if (block === undefined) return toValue(node, schema.attributes.get(name)?.type ?? DYNAMIC, file);
  const elements = node.kind === 'array' ? node.elements : [node];
  const values = elements.map((element) => toBlock(element, block, file));
  const origin = originAt({ file, start: node.start, end: node.end }, 'written');
  const [only] = values;
  if (node.kind !== 'array' && only?.kind !== 'object') return only ?? nullValue(BLOCKS, origin);
  return listValue(BLOCKS, values, origin);
}

function toBlock(node: JsonNode, schema: BlockSchema, file: SourceFile): Value {
  const isSpecial = node.kind === 'object' && node.members[0]?.key.startsWith('$') === true;
  if (node.kind !== 'object' || isSpecial) return toValue(node, OBJECT, file);
  const entries = new Map<string, Value>();
  for (const { key, value } of node.members) entries.set(key, toTerraformValue(key, value, schema, file));
  return objectValue(OBJECT, entries, originAt({ file, start: node.start, end: node.end }, 'written'));
}
