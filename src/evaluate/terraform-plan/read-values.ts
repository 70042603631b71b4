import type { SecretNotes } from '../../model/secret-notes.js';
import { DYNAMIC, type Type } from '../../model/type.js';
import type { ListValue, ObjectValue, Origin, Reference, Value } from '../../model/value.js';
import {
  boolValue,
  listValue,
  nullValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../../model/values.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../schemas/schema.js';
import { compareText } from '../../source/compare-text.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { isOpen, mayBeComputed } from './dynamic-blocks.js';
import { readNumber, toText } from './numbers.js';
import { elementOf, isRecord, memberOf, type Plain } from './plain.js';
import { attributesOf, isDefault, isOnlyComputed, isZero, type Written } from './unset-attributes.js';
import { bodyOf, type Expressions, expressionsOf, NOTHING_TOLD, referencesIn } from './written.js';

/** What is read of one resource. */
export interface ResourceReading {
  readonly type: string;
  /** What unknown values are named by: `aws_s3_bucket.b`. */
  readonly subject: string;
  readonly schema: BlockSchema | undefined;
  /** Where values stand; undefined where they have no places (a binary plan). */
  readonly file: SourceFile | undefined;
  /** Where something without a place is. */
  readonly header: Origin;
  /** A plan has what a run will set, and of it defaults that are not written; a state is what there is. */
  readonly isPlan: boolean;
  /** Values of type `any` lie in an object that says their type. */
  readonly wrapsDynamic: boolean;
  /** What is written of the resource; undefined where the input does not tell. */
  readonly expressions: Expressions | undefined;
  /** Whether `tags_all` may differ from `tags`. Undefined: not known. */
  readonly changesTags: boolean | undefined;
  readonly secrets: SecretNotes;
  /** What an expression refers to, if that is certain to be all. */
  references(expression: Plain): readonly Reference[] | undefined;
  /** Whether an expression is certain to be null. */
  isNull(expression: Plain): boolean;
  /** Whether a resource's attribute has this value, by the same input; undefined where it is unknown there. */
  isValueOf(reference: Reference, text: string): boolean | undefined;
}

/** A value with its part of the masks that lie beside it, and what is written for it. */
interface Item {
  readonly node: JsonNode | undefined;
  readonly unknown: Plain;
  readonly sensitive: Plain;
  readonly written: Written;
  readonly expression: Plain;
  readonly path: string;
}

const OBJECT: Type = { kind: 'object', attributes: new Map() };

/** Attributes of which a provider plans a hash of what is written. */
const HASHED: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ['user_data'],
  aws_launch_configuration: ['user_data'],
  aws_spot_instance_request: ['user_data'],
};

const SHA1 = /^[0-9a-f]{40}$/;

/**
 * A resource's values in the shape that its configuration gives: types by the provider's schema, every block a list, and
 * nothing of what is neither written nor known.
 */
export function readValues(
  reading: ResourceReading,
  values: { readonly node: JsonNode | undefined; readonly unknown: Plain; readonly sensitive: Plain },
): ObjectValue {
  const reader = new ValueReader(reading);
  const body = reader.body({ ...values, written: 'yes', expression: undefined, path: '' }, reading.schema, {
    expressions: reading.expressions ?? NOTHING_TOLD,
    isInSet: false,
  });
  return { ...body, origin: undefined };
}

interface Within {
  readonly expressions: Expressions;
  /** A set's elements have a zero value for what is not written. */
  readonly isInSet: boolean;
}

class ValueReader {
  constructor(private readonly reading: ResourceReading) {}

  body(item: Item, schema: BlockSchema | undefined, within: Within): ObjectValue {
    const entries = new Map<string, Value>();
    const members = item.node?.kind === 'object' ? item.node.members : [];
    const { expressions } = within;
    for (const { key, value } of members) {
      // The most that a plan has.
      if (value.kind === 'null' && expressions.isWritten(key) !== 'yes' && maskAt(item.unknown, key) !== true) continue;
      const own = this.#entry(key, this.#itemOf(item, key, value, within), schema, within);
      if (own !== undefined) entries.set(key, own);
    }
    if (!isRecord(item.unknown)) return objectValue(OBJECT, sorted(entries), this.#origin(item));
    for (const name in item.unknown) {
      if (item.unknown[name] !== true || entries.has(name)) continue;
      // And nearly all of what it does not know is not written.
      if (expressions.isWritten(name) === 'no' && this.#mayBeUnset(name, schema, item.path !== '')) continue;
      if (members.some(({ key }) => key === name)) continue;
      const own = this.#entry(name, this.#itemOf(item, name, undefined, within), schema, within);
      if (own !== undefined) entries.set(name, own);
    }
    return objectValue(OBJECT, sorted(entries), this.#origin(item));
  }

  /** Whether what is unknown may be what the provider computes; else a dynamic block made it. */
  #mayBeUnset(name: string, schema: BlockSchema | undefined, isNested: boolean): boolean {
    const block = schema?.blocks.get(name);
    return block === undefined
      ? schema?.attributes.get(name)?.isComputed !== false
      : mayBeComputed(block, this.reading.schema, isNested);
  }

  #itemOf(item: Item, name: string, node: JsonNode | undefined, { expressions }: Within): Item {
    return {
      node,
      unknown: maskAt(item.unknown, name),
      sensitive: item.sensitive === true ? true : maskAt(item.sensitive, name),
      written: expressions.isWritten(name),
      expression: expressions.of(name),
      path: item.path === '' ? name : `${item.path}.${name}`,
    };
  }

  #entry(name: string, item: Item, schema: BlockSchema | undefined, within: Within): Value | undefined {
    if (item.path === 'timeouts' || (item.path === 'tags_all' && this.reading.changesTags === false)) return undefined;
    const block = schema?.blocks.get(name);
    if (block !== undefined) return this.#blocks(item, block);
    const attribute = schema?.attributes.get(name);
    if (!this.#isThere(item, attribute, within)) return undefined;
    const isSecret = attribute?.isSensitive === true || attribute?.isWriteOnly === true;
    const own = isSecret ? { ...item, sensitive: true } : item;
    return this.#hashed(own, name) ?? this.#attribute(own, attribute);
  }

  /** Whether the attribute is there as it would be in a configuration. */
  #isThere(item: Item, attribute: AttributeSchema | undefined, within: Within): boolean {
    const { node, unknown, written, expression } = item;
    // A null leaves it to the provider, which does not know it yet.
    if (written === 'yes') return unknown !== true || !this.reading.isNull(expression);
    // Of what is not computed a dynamic block can be unknown, which is not told as written.
    if (unknown === true) return written === 'no' ? attribute?.isComputed === false : !isOnlyComputed(attribute);
    if (node === undefined || node.kind === 'null') return false;
    if (within.isInSet && attribute?.isRequired !== true && isZero(node, written)) return false;
    return !(this.reading.isPlan && written === 'no' && isDefault(node, attribute));
  }

  /** What is written where the provider plans its hash: the constant, or unknown. */
  #hashed(item: Item, name: string): Value | undefined {
    const { node, path, expression } = item;
    if (path !== name || HASHED[this.reading.type]?.includes(name) !== true) return undefined;
    if (node?.kind !== 'string' || !SHA1.test(node.value)) return undefined;
    const constant = memberOf(expression, 'constant_value');
    if (typeof constant !== 'string') return this.#unknown(item, { kind: 'string' });
    const value = stringValue(constant, this.#origin(item));
    return item.sensitive === true ? this.#secret(value) : value;
  }

  #attribute(item: Item, attribute: AttributeSchema | undefined): Value {
    const type = attribute?.type ?? DYNAMIC;
    if (this.reading.wrapsDynamic && attribute?.type.kind === 'dynamic') return this.#value(unwrapped(item), type);
    const element = type.kind === 'list' || type.kind === 'set' ? type.element : undefined;
    if (element?.kind === 'object' && item.unknown !== true && item.node?.kind === 'array')
      return this.#objects(item, type, element);
    const value = this.#value(item, type);
    // Terraform refuses null for it, whenever it learns of it.
    return value.kind === 'unknown' && attribute?.isRequired === true ? { ...value, notNull: true } : value;
  }

  /** A block that is an attribute: what is not written in an element has its zero value. */
  #objects(item: Item, type: Type, element: Type & { readonly kind: 'object' }): Value {
    const block: BlockSchema = { attributes: attributesOf(element), blocks: new Map() };
    const elements = elementItems(item).map((one) =>
      one.unknown === true || one.node?.kind !== 'object'
        ? this.#value(one, element)
        : this.body(one, block, { expressions: referencesIn(item.expression), isInSet: true }),
    );
    const kind = type.kind === 'set' ? 'set' : 'list';
    return this.#list(
      item,
      { kind, element: DYNAMIC },
      elements.map((value) => ({ value, schema: block })),
    );
  }

  /** Over an unknown collection a dynamic block is planned as one block in which nothing that is written is known. */
  #list(
    item: Item,
    type: Type,
    blocks: readonly { readonly value: Value; readonly schema: BlockSchema | undefined }[],
  ): ListValue {
    const open = blocks.filter(({ value, schema }) => schema !== undefined && isOpen(value, schema));
    const elements = blocks.filter((block) => !open.includes(block)).map(({ value }) => value);
    const [only] = open;
    if (only === undefined) return listValue(type, elements, this.#origin(item));
    const element = open.length === 1 ? only.value : unknownValue('plan-unknown', { subject: this.#subject(item) });
    return listValue(type, elements, this.#origin(item), {
      reason: 'plan-unknown',
      subject: this.#subject(item),
      element,
    });
  }

  #blocks(item: Item, schema: NestedBlockSchema): Value | undefined {
    const { node, unknown, written } = item;
    if (unknown === true)
      return written === 'no' && mayBeComputed(schema, this.reading.schema, item.path.includes('.'))
        ? undefined
        : this.#unknown(item, blockType(schema));
    if (node === undefined || node.kind === 'null') return undefined;
    if (schema.nesting === 'map') return this.#value(item, DYNAMIC);
    const items = node.kind === 'array' ? elementItems(item) : [{ ...item, path: `${item.path}[0]` }];
    if (items.length === 0) return undefined;
    const bodies = expressionsOf(item.expression, items.length, schema.nesting === 'set');
    const isInSet = schema.nesting === 'set';
    const values = items.map((one, index) =>
      this.body(one, schema.block, { expressions: bodyOf(bodies, index), isInSet }),
    );
    const inner = bodies === undefined ? schema.block : undefined;
    return this.#list(
      item,
      blockType(schema),
      values.map((value) => ({ value, schema: inner })),
    );
  }

  #value(item: Item, type: Type): Value {
    const value = this.#plain(item, type);
    return item.sensitive === true ? this.#secret(value) : value;
  }

  #secret<T extends Value>(value: T): T {
    this.reading.secrets.note(value);
    return { ...value, sensitive: true };
  }

  #plain(item: Item, type: Type): Value {
    const { node } = item;
    if (item.unknown === true || node === undefined) return this.#unknown(item, type);
    const origin = this.#origin(item);
    switch (node.kind) {
      case 'null':
        return nullValue(type, origin);
      case 'string':
        return this.#text(item, node.value, type, origin);
      case 'number':
        return type.kind === 'string' ? stringValue(toText(node.text), origin) : readNumber(node.text, origin);
      case 'bool':
        return type.kind === 'string' ? stringValue(String(node.value), origin) : boolValue(node.value, origin);
      case 'array':
        return this.#sequence(item, type, origin);
      case 'object':
        return this.#mapping(item, type, origin);
    }
  }

  #text(item: Item, text: string, type: Type, origin: Origin): Value {
    if (type.kind === 'number' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text)) return readNumber(text, origin);
    if (type.kind === 'bool' && (text === 'true' || text === 'false')) return boolValue(text === 'true', origin);
    const value = stringValue(text, origin);
    const references = this.reading.references(item.expression);
    const [only] = references ?? [];
    if (references?.length !== 1 || only === undefined || this.reading.isValueOf(only, text) !== true) return value;
    return { ...value, refersTo: references };
  }

  #sequence(item: Item, type: Type, origin: Origin): ListValue {
    const element = type.kind === 'list' || type.kind === 'set' ? type.element : undefined;
    const values = elementItems(item).map((one, index) =>
      this.#value(one, element ?? (type.kind === 'tuple' ? type.elements[index] : undefined) ?? DYNAMIC),
    );
    const kind = type.kind === 'list' || type.kind === 'set' ? type.kind : undefined;
    const own: Type = kind === undefined ? { kind: 'tuple', elements: values.map(() => DYNAMIC) } : type;
    const list = listValue(own, values, origin);
    return kind === 'set' ? withUncertainMembers(list) : list;
  }

  #mapping(item: Item, type: Type, origin: Origin): ObjectValue {
    const entries = new Map<string, Value>();
    const typeOf = (key: string) =>
      (type.kind === 'map' ? type.element : type.kind === 'object' ? type.attributes.get(key) : undefined) ?? DYNAMIC;
    const members = item.node?.kind === 'object' ? item.node.members : [];
    const inner = (key: string, node: JsonNode | undefined): Item => ({
      ...item,
      node,
      unknown: maskAt(item.unknown, key),
      sensitive: item.sensitive === true ? true : maskAt(item.sensitive, key),
      path: `${item.path}.${key}`,
    });
    for (const { key, value } of members) entries.set(key, this.#value(inner(key, value), typeOf(key)));
    if (isRecord(item.unknown)) {
      for (const [key, mask] of Object.entries(item.unknown)) {
        if (mask === true && !members.some((member) => member.key === key))
          entries.set(key, this.#value(inner(key, undefined), typeOf(key)));
      }
    }
    return objectValue(type.kind === 'map' || type.kind === 'object' ? type : OBJECT, sorted(entries), origin);
  }

  #unknown(item: Item, type: Type): Value {
    const references = this.reading.references(item.expression);
    const [only] = references ?? [];
    // What refers to something known is more than that, if it is unknown.
    const isMore = references?.length === 1 && only !== undefined && this.reading.isValueOf(only, '') !== undefined;
    return unknownValue('plan-unknown', {
      type,
      subject: this.#subject(item),
      origin: item.node === undefined ? this.reading.header : this.#origin(item),
      refersTo: references === undefined || references.length === 0 || isMore ? undefined : references.map(asPart),
      sensitive: item.sensitive === true ? true : undefined,
    });
  }

  #subject({ path }: Item): string {
    return `${this.reading.subject}.${path}`;
  }

  #origin({ node, written }: Pick<Item, 'node' | 'written'>): Origin {
    const { file, header } = this.reading;
    if (file === undefined || node === undefined) return header;
    // What is known without being written: a default of the provider, or what there was before.
    return originAt({ file, start: node.start, end: node.end }, written === 'no' ? 'default-of-type' : 'written');
  }
}

/** A reference in an expression of which it is not told what else is in it: `a.id` looks like `"x-${a.id}"`. */
function asPart(reference: Reference): Reference {
  return { ...reference, mayBePart: true };
}

/** `{ "value": …, "type": … }`, as a state file has what may be of any type. */
function unwrapped(item: Item): Item {
  const { node } = item;
  if (node?.kind !== 'object' || node.members.length !== 2) return item;
  const value = node.members.find(({ key }) => key === 'value')?.value;
  return value !== undefined && node.members.some(({ key }) => key === 'type') ? { ...item, node: value } : item;
}

function elementItems(item: Item): Item[] {
  const elements = item.node?.kind === 'array' ? item.node.elements : [];
  return elements.map((node, index) => ({
    ...item,
    node,
    unknown: elementOf(item.unknown, index),
    sensitive: item.sensitive === true ? true : elementOf(item.sensitive, index),
    path: `${item.path}[${index}]`,
  }));
}

function blockType({ nesting }: NestedBlockSchema): Type {
  return { kind: nesting === 'set' ? 'set' : 'list', element: DYNAMIC };
}

/** An unknown member of a set may be equal to another. */
function withUncertainMembers(set: ListValue): ListValue {
  const unknown = set.elements.flatMap((element, index) => (element.kind === 'unknown' ? [index] : []));
  if (unknown.length === 0 || set.elements.length === 1) return set;
  return {
    ...set,
    existence: new Map(unknown.map((index) => [index, 'perhaps'])),
    existenceCause: { reason: 'plan-unknown' },
  };
}

/** A part of a mask: what an object inherits is none. */
function maskAt(mask: Plain, name: string): Plain {
  if (mask === undefined || !isRecord(mask)) return undefined;
  const part = mask[name];
  return part === true || (typeof part === 'object' && Object.hasOwn(mask, name)) ? part : undefined;
}

/** In the order of code points, as a plan's members are but for what it does not know. */
function sorted(entries: Map<string, Value>): Map<string, Value> {
  let last = '';
  for (const key of entries.keys()) {
    if (compareText(last, key) > 0) return new Map([...entries].sort(([a], [b]) => compareText(a, b)));
    last = key;
  }
  return entries;
}
