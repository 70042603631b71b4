import type { ProviderScope, RawResource } from '../../../model/raw-resource.js';
import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ObjectValue, Origin, Reference, UnknownValue, Value } from '../../../model/value.js';
import { nullValue, originAt, unknownValue } from '../../../model/values.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ResourceSchema } from '../../../schemas/schema.js';
import { headerOf, type ResourceDeclaration } from '../configuration/declarations.js';
import { markSensitive } from '../values/unknown.js';
import { completeBlocks, unsetAttribute, unsetBlock } from './complete-blocks.js';
import { identityOf } from './identity-templates.js';
import type { InstanceSlot } from './instance-slot.js';
import { LazyEntries } from './lazy-entries.js';

/** What one instance needs of the module that it is in. */
export interface InstanceHost {
  readonly root: string;
  /** The written values of the instance, evaluated when they are first asked for. */
  evaluateValues(instance: ResourceInstance): ObjectValue;
  /** Values of a data source that can be computed here, by attribute; undefined where the provider computes them. */
  computedAttribute(instance: ResourceInstance, attribute: string): Value | undefined;
  scopeOf(instance: ResourceInstance): ProviderScope;
}

/** One instance of a resource: its written values, and every attribute as references see it. */
export class ResourceInstance {
  #values: ObjectValue | undefined;
  #isEvaluating = false;
  readonly #attributes = new Map<string, Value>();
  raw: RawResource | undefined;

  constructor(
    readonly host: InstanceHost,
    readonly declaration: ResourceDeclaration,
    readonly address: string,
    readonly slot: InstanceSlot,
    readonly schema: ResourceSchema | undefined,
  ) {}

  get scope(): ProviderScope {
    return this.host.scopeOf(this);
  }

  /** The written values. Undefined while they are being evaluated: then something refers to itself. */
  values(): ObjectValue | undefined {
    if (this.#values !== undefined) return this.#values;
    if (this.#isEvaluating) return undefined;
    this.#isEvaluating = true;
    this.#values = this.host.evaluateValues(this);
    this.#isEvaluating = false;
    return this.#values;
  }

  /** A type that is not in the tables, or in another release of the provider, may have any attribute. */
  has(_name: string): boolean {
    return true;
  }

  /** An attribute as a reference sees it: written, else its default, else null or computed. Undefined in a cycle. */
  attribute(name: string): Value | undefined {
    const known = this.#attributes.get(name);
    if (known !== undefined) return known;
    const value = this.#evaluateAttribute(name);
    if (value !== undefined) this.#attributes.set(name, value);
    return value;
  }

  #evaluateAttribute(name: string): Value | undefined {
    const reference: Reference = { root: this.host.root, address: this.address, attribute: name };
    const values = this.values();
    if (values === undefined) return undefined;
    const written = values.entries.get(name);
    const attribute = this.schema?.attributes.get(name);
    const block = this.schema?.blocks.get(name);
    // A provider keeps nothing of what is write-only.
    if (attribute?.isWriteOnly === true) return nullValue(attribute.type);
    // Null says that the provider decides, also for an attribute that only other releases have (`region`).
    const isLeftOpen =
      written?.kind === 'null' && (attribute === undefined ? block === undefined : attribute.isComputed);
    const own = isLeftOpen ? undefined : written;
    const value =
      own === undefined
        ? this.#unwritten(name, attribute, block)
        : completeBlocks(own, attribute?.type, block, `${this.declaration.address}.${name}`);
    const marked = markSensitive(value, attribute?.isSensitive === true);
    return { ...marked, refersTo: [reference] };
  }

  #unwritten(name: string, attribute: AttributeSchema | undefined, block: NestedBlockSchema | undefined): Value {
    const own = this.host.computedAttribute(this, name);
    if (own !== undefined) return own;
    if (block !== undefined) {
      const { address, mode } = this.declaration;
      return unsetBlock(name, block, mode === 'data' ? 'data-source' : 'computed-by-provider', address);
    }
    if (attribute === undefined) return this.computed(name, DYNAMIC);
    const siblings = { schema: this.schema, values: this.values() };
    return unsetAttribute(attribute, siblings, this.#defaultOrigin()) ?? this.computed(name, attribute.type);
  }

  #defaultOrigin(): Origin {
    return originAt(headerOf(this.declaration), 'default-of-type', this.declaration.address);
  }

  /** What the provider computes; its known parts where the type's identity has a template. */
  computed(name: string, type: Type): Value {
    const { mode } = this.declaration;
    const origin = originAt(
      headerOf(this.declaration),
      mode === 'data' ? 'data' : 'resource',
      this.declaration.address,
    );
    const identity = `${this.host.root}\0${this.address}.${name}`;
    const reason =
      mode === 'data'
        ? this.declaration.type === 'terraform_remote_state'
          ? 'remote-state'
          : 'data-source'
        : mode === 'ephemeral'
          ? 'ephemeral'
          : 'computed-by-provider';
    const subject = mode === 'managed' ? `${this.declaration.address}.${name}` : this.declaration.address;
    const unknown: UnknownValue = {
      ...unknownValue(reason, { type, subject, identity, sensitive: mode === 'ephemeral' ? true : undefined }),
      notNull: name === 'id' || name === 'arn' ? true : undefined,
      origin,
    };
    // A provider of identities that is looked up by its URL has that URL in its ARN.
    const isLookedUp = mode === 'data' && this.declaration.type === 'aws_iam_openid_connect_provider' && name === 'arn';
    if (mode !== 'managed' && !isLookedUp) return unknown;
    return identityOf(this, name, unknown) ?? unknown;
  }

  /** The whole instance as an object, its attributes evaluated when they are read. */
  asObject(): ObjectValue {
    const names = this.schema === undefined ? sorted(this.values()?.entries.keys() ?? []) : namesOf(this.schema);
    const entries = new LazyEntries(names, (name) => this.attribute(name) ?? unknownValue('invalid-expression'));
    const reference: Reference = { root: this.host.root, address: this.address, attribute: '' };
    // A type that the tables do not know may have any attribute.
    const rest =
      this.schema === undefined
        ? { reason: 'computed-by-provider' as const, subject: this.declaration.address }
        : undefined;
    return { kind: 'object', type: objectType(this.schema, names), entries, rest, refersTo: [reference] };
  }
}

const attributeNames = new WeakMap<ResourceSchema, ReadonlySet<string>>();

/** One set for all instances of a type: it is larger than all else that an instance is made of. */
function namesOf(schema: ResourceSchema): ReadonlySet<string> {
  let names = attributeNames.get(schema);
  if (names === undefined) {
    names = sorted([...schema.attributes.keys(), ...schema.blocks.keys()]);
    attributeNames.set(schema, names);
  }
  return names;
}

function sorted(names: Iterable<string>): ReadonlySet<string> {
  return new Set([...names].sort());
}

const objectTypes = new WeakMap<ResourceSchema, Type>();

function objectType(schema: ResourceSchema | undefined, names: ReadonlySet<string>): Type {
  if (schema === undefined) return { kind: 'object', attributes: new Map([...names].map((name) => [name, DYNAMIC])) };
  const known = objectTypes.get(schema);
  if (known !== undefined) return known;
  const type: Type = {
    kind: 'object',
    attributes: new Map([...blockAttributeTypes(schema)].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  objectTypes.set(schema, type);
  return type;
}

function* blockAttributeTypes(schema: BlockSchema): Generator<[string, Type]> {
  for (const [name, attribute] of schema.attributes) yield [name, attribute.type];
  for (const [name, block] of schema.blocks)
    yield [name, { kind: block.nesting === 'set' ? 'set' : 'list', element: DYNAMIC }];
}
