import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, Origin, Value } from '../../../model/value.js';
import {
  boolValue,
  listValue,
  nullValue,
  numberValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../../../model/values.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../../schemas/schema.js';
import { objectTypeOf } from '../values/collections.js';

interface Siblings {
  readonly schema: BlockSchema | undefined;
  readonly values: ObjectValue | undefined;
}

/** What an attribute is that is not written; undefined where the provider computes it. */
export function unsetAttribute(
  attribute: AttributeSchema,
  siblings: Siblings,
  origin: Origin | undefined,
): Value | undefined {
  const fallback = defaultOf(attribute, siblings, origin);
  if (fallback !== undefined) return fallback;
  if (attribute.isNullWhenUnset === true) return nullValue(attribute.type);
  if (attribute.isComputed) return undefined;
  // No plan has shown it unset: the provider may have a default that its schema does not tell.
  return unknownValue('default-not-certain', { type: attribute.type, origin });
}

function defaultOf(attribute: AttributeSchema, siblings: Siblings, origin: Origin | undefined): Value | undefined {
  const { default: value, defaultWhen: condition } = attribute;
  if (value === undefined) return undefined;
  if (condition !== undefined) {
    const sibling = siblingText(condition.sibling, siblings);
    if (sibling === undefined) return unknownValue('default-not-certain', { type: attribute.type, origin });
    if (!condition.equals.includes(sibling)) return nullValue(attribute.type);
  }
  if (typeof value === 'string') return stringValue(value, origin);
  return typeof value === 'number' ? numberValue(value, origin) : boolValue(value, origin);
}

/** The text of an attribute beside this one, its own default counted; null where it is not written; undefined if unknown. */
function siblingText(name: string, { schema, values }: Siblings): string | null | undefined {
  const written = values?.entries.get(name);
  if (written === undefined || written.kind === 'null') {
    const fallback = schema?.attributes.get(name)?.default;
    return fallback === undefined ? null : String(fallback);
  }
  return written.kind === 'string' || written.kind === 'number' || written.kind === 'bool'
    ? String(written.value)
    : undefined;
}

/** A block list as references see it: every attribute of its schema is there, by its default or null. */
export function completeBlocks(
  value: Value,
  type: Type | undefined,
  block: NestedBlockSchema | undefined,
  /** What is completed: `aws_instance.web.root_block_device`. */
  subject: string,
): Value {
  if (value.kind !== 'list') return value;
  const object = objectOfElements(type);
  if (block === undefined && object === undefined) return value;
  const complete = (element: Value): Value => {
    if (block !== undefined) return completeObject(element, block.block, subject);
    return object === undefined ? element : withZeroValues(element, object);
  };
  const [only] = value.elements;
  const isOne = value.elements.length === 1 && value.existence === undefined && value.rest === undefined;
  if (block !== undefined && isSingle(block) && isOne && only !== undefined) return complete(only);
  const list: ListValue = { ...value, elements: value.elements.map(complete) };
  if (value.rest?.element === undefined) return list;
  return { ...list, rest: { ...value.rest, element: complete(value.rest.element) } };
}

function objectOfElements(type: Type | undefined): (Type & { readonly kind: 'object' }) | undefined {
  const element = type?.kind === 'list' || type?.kind === 'set' ? type.element : undefined;
  return element?.kind === 'object' ? element : undefined;
}

/** In blocks that are attributes the provider plans the zero value for what is not written. */
function withZeroValues(value: Value, type: Type & { readonly kind: 'object' }): Value {
  if (value.kind !== 'object') return value;
  const entries = new Map<string, Value>();
  for (const [name, attribute] of type.attributes) {
    const own = value.entries.get(name);
    entries.set(name, own === undefined || own.kind === 'null' ? zeroValue(attribute, value.origin) : own);
  }
  return { ...value, type, entries };
}

/** A default of what is written, as if it were written there. */
function defaultAt(origin: Origin | undefined): Origin | undefined {
  return origin === undefined ? undefined : originAt(origin, 'default-of-type', origin.name, origin.from);
}

function zeroValue(type: Type, origin: Origin | undefined): Value {
  const place = defaultAt(origin);
  switch (type.kind) {
    case 'string':
      return stringValue('', place);
    case 'number':
      return numberValue(0, place);
    case 'bool':
      return boolValue(false, place);
    case 'list':
    case 'set':
      return listValue(type, [], place);
    case 'map':
      return objectValue(type, new Map(), place);
    default:
      return nullValue(type, place);
  }
}

function completeObject(value: Value, schema: BlockSchema, subject: string): Value {
  if (value.kind !== 'object') return value;
  const entries = new Map<string, Value>();
  const names = [...schema.attributes.keys(), ...schema.blocks.keys(), ...value.entries.keys()];
  for (const name of [...new Set(names)].sort()) {
    const own = value.entries.get(name);
    const attribute = schema.attributes.get(name);
    const block = schema.blocks.get(name);
    if (own !== undefined && !(own.kind === 'null' && attribute?.isComputed === true))
      entries.set(name, completeBlocks(own, attribute?.type, block, `${subject}.${name}`));
    else if (block !== undefined)
      entries.set(name, unsetBlock(name, block, 'computed-by-provider', `${subject}.${name}`));
    else if (attribute !== undefined) entries.set(name, unsetInBlock(attribute, value, schema, `${subject}.${name}`));
  }
  return { ...value, type: objectTypeOf(entries), entries };
}

function isSingle({ nesting }: NestedBlockSchema): boolean {
  return nesting === 'single' || nesting === 'group';
}

/**
 * Blocks that are not written: none, or those that the provider computes. Its schema does not say which of its blocks are
 * computed; plans show the computed ones as unknown, and the tables those of which they show none.
 */
export function unsetBlock(
  name: string,
  block: NestedBlockSchema,
  reason: 'data-source' | 'computed-by-provider',
  subject: string | undefined,
): Value {
  if (name === 'timeouts') return nullValue(DYNAMIC);
  if (isSingle(block)) return unknownValue(reason, { subject });
  const type: Type = { kind: block.nesting === 'set' ? 'set' : 'list', element: DYNAMIC };
  if (block.nesting === 'map') return unknownValue(reason, { subject, notNull: true });
  return listValue(type, [], undefined, block.isEmptyWhenUnset === true ? undefined : { reason, subject });
}

function unsetInBlock(attribute: AttributeSchema, block: ObjectValue, schema: BlockSchema, subject: string): Value {
  const { origin } = block;
  const place = defaultAt(origin);
  return (
    unsetAttribute(attribute, { schema, values: block }, place) ??
    unknownValue('computed-by-provider', { type: attribute.type, subject })
  );
}
