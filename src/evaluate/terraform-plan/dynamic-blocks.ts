import type { Value } from '../../model/value.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../schemas/schema.js';

/**
 * Whether blocks of a body may be unknown without being written; else a dynamic block made them, which the configuration of
 * a plan leaves out. Blocks in blocks are hardly ever computed, and what the Plugin Framework makes (its `id` can never be
 * set) computes none (https://developer.hashicorp.com/terraform/plugin/framework/handling-data/blocks).
 */
export function mayBeComputed(
  { minItems, isEmptyWhenUnset }: NestedBlockSchema,
  resource: BlockSchema | undefined,
  isNested: boolean,
): boolean {
  const isFramework = resource?.attributes.get('id')?.isOptional === false;
  return !isNested && minItems === 0 && isEmptyWhenUnset !== true && !isFramework;
}

/**
 * Whether a block stands for any number of them: over an unknown collection a dynamic block is planned as one, in which
 * nothing that is written is known. Something is unknown in it, and known is only what the provider sets by itself.
 */
export function isOpen(value: Value, schema: BlockSchema): boolean {
  if (value.kind !== 'object') return value.kind === 'unknown';
  let hasUnknown = false;
  for (const [name, entry] of value.entries) {
    const nested = schema.blocks.get(name)?.block;
    if (entry.kind === 'unknown') hasUnknown = true;
    else if (nested !== undefined && entry.kind === 'list') {
      if (!entry.elements.every((element) => isOpen(element, nested))) return false;
      hasUnknown = true;
    } else if (!isPlannedAnyway(entry, schema.attributes.get(name))) return false;
  }
  return hasUnknown;
}

/** Whether a provider plans the value for what is not written. */
function isPlannedAnyway(value: Value, attribute: AttributeSchema | undefined): boolean {
  if (value.kind === 'null') return true;
  return (
    (value.kind === 'string' || value.kind === 'bool' || value.kind === 'number') && value.value === attribute?.default
  );
}
