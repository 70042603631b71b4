import { invariant } from '../source/invariant.js';
import type { AttributeSchema, BlockSchema, DefaultCondition, ResourceSchema } from './schema.js';

type Scalar = string | number | boolean;

/** A default of the generated table: the value, or the value and what it depends on. */
export type TableDefault = Scalar | ({ readonly value: Scalar } & DefaultCondition);

/** What plans show of the attributes of a type that are not written, by their paths in it (`metadata_options.http_endpoint`). */
export interface UnsetAttributes {
  readonly defaults: Readonly<Record<string, TableDefault>>;
  readonly nulls: readonly string[];
}

/** The type with what plans show put into its attributes. */
export function withDefaults(schema: ResourceSchema, { defaults, nulls }: UnsetAttributes): ResourceSchema {
  let block: BlockSchema = schema;
  for (const [path, value] of Object.entries(defaults)) {
    block = changed(block, path.split('.'), (attribute) => attributeWith(attribute, value));
  }
  for (const path of nulls) {
    block = changed(block, path.split('.'), (attribute) => ({ ...attribute, isNullWhenUnset: true }));
  }
  return { type: schema.type, attributes: block.attributes, blocks: block.blocks };
}

/** Copies only what lies on the path: blocks are shared between types. */
function changed(
  block: BlockSchema,
  path: readonly string[],
  change: (attribute: AttributeSchema) => AttributeSchema,
): BlockSchema {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    const attribute = block.attributes.get(name);
    invariant(attribute !== undefined, `a default of "${name}", which is no attribute`);
    return { ...block, attributes: new Map(block.attributes).set(name, change(attribute)) };
  }
  const nested = block.blocks.get(name);
  invariant(nested !== undefined, `a default inside "${name}", which is no block`);
  const inner = { ...nested, block: changed(nested.block, rest, change) };
  return { ...block, blocks: new Map(block.blocks).set(name, inner) };
}

function attributeWith(attribute: AttributeSchema, value: TableDefault): AttributeSchema {
  if (typeof value !== 'object') return { ...attribute, default: value };
  return { ...attribute, default: value.value, defaultWhen: { sibling: value.sibling, equals: value.equals } };
}
