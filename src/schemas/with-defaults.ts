import { invariant } from '../source/invariant.js';
import type { AttributeSchema, BlockSchema, DefaultCondition, ResourceSchema } from './schema.js';

type Scalar = string | number | boolean;

/** A default of the generated table: the value, or the value and what it depends on. */
export type TableDefault = Scalar | ({ readonly value: Scalar } & DefaultCondition);

/** What plans show of the attributes and blocks of a type that are not written, by their paths in it (`metadata_options.http_endpoint`). */
export interface UnsetAttributes {
  readonly defaults: Readonly<Record<string, TableDefault>>;
  readonly nulls: readonly string[];
  /** Blocks, of which there are none where none is written. */
  readonly empties: readonly string[];
}

/** The type with what plans show put into its attributes and blocks. */
export function withDefaults(schema: ResourceSchema, { defaults, nulls, empties }: UnsetAttributes): ResourceSchema {
  let block: BlockSchema = schema;
  for (const [path, value] of Object.entries(defaults)) {
    block = changed(block, path.split('.'), (attribute) => attributeWith(attribute, value));
  }
  for (const path of nulls) {
    block = changed(block, path.split('.'), (attribute) => ({ ...attribute, isNullWhenUnset: true }));
  }
  for (const path of empties) block = withEmptyBlock(block, path.split('.'));
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

function withEmptyBlock(block: BlockSchema, [name = '', ...rest]: readonly string[]): BlockSchema {
  const nested = block.blocks.get(name);
  invariant(nested !== undefined, `none of "${name}" where it is not written, which is no block`);
  const inner =
    rest.length === 0
      ? { ...nested, isEmptyWhenUnset: true }
      : { ...nested, block: withEmptyBlock(nested.block, rest) };
  return { ...block, blocks: new Map(block.blocks).set(name, inner) };
}

function attributeWith(attribute: AttributeSchema, value: TableDefault): AttributeSchema {
  if (typeof value !== 'object') return { ...attribute, default: value };
  return { ...attribute, default: value.value, defaultWhen: { sibling: value.sibling, equals: value.equals } };
}
