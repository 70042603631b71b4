import type { ProviderScope, RawResource } from '../model/raw-resource.js';
import { CERTAIN } from '../model/raw-resource.js';
import type { ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import type { ObjectValue, Value } from '../model/value.js';
import { boolValue, nullValue, numberValue, stringValue, unknownValue } from '../model/values.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { LIST_TYPE, OBJECT_TYPE } from './draft.js';
import type { Node } from './node.js';
import { modelOf } from './type-model.js';

/** What `trueline.yaml` states of scopes: scope type → plain data. */
export type Facts = ReadonlyMap<string, unknown>;

/** What resources lie in without being in one another. */
export const SCOPE_TYPES: ReadonlySet<string> = new Set(['aws_account', 'aws_region']);

/** SAFETY: how deep a stated fact is read. */
const maxFactDepth = 20;

/** The account and the region of every AWS provider configuration: there without being written. */
export class Scopes {
  readonly nodes = new Map<ResourceKey, Node>();
  private readonly known = new Map<string, Node>();
  /** Resources of one provider in one root share their scope: what lies in the same is found once. */
  private readonly found = new Map<ProviderScope, Map<string, Node | undefined>>();

  constructor(
    private readonly schemas: ProviderSchemas,
    private readonly facts: Facts,
    /** What snapshots hold of scopes. */
    records: readonly RawResource[] = [],
  ) {
    for (const raw of records) {
      const node = this.fromRecord(raw);
      const name = raw.address.slice(raw.type.length + 1);
      this.known.set(`${raw.root}\0${raw.type}\0${name}`, node);
      this.nodes.set(node.key, node);
    }
  }

  /** The scope resource of the type in which a resource lies; made when it is first asked for. */
  of(type: string, raw: RawResource): Node | undefined {
    let found = this.found.get(raw.scope);
    if (found === undefined) {
      found = new Map();
      this.found.set(raw.scope, found);
    }
    const key = `${type} ${raw.root}`;
    if (found.has(key)) return found.get(key);
    const node = this.find(type, raw);
    found.set(key, node);
    return node;
  }

  private find(type: string, raw: RawResource): Node | undefined {
    if (raw.scope.provider !== 'aws' || (type !== 'aws_account' && type !== 'aws_region')) return undefined;
    // What no region holds has none.
    if (type === 'aws_region' && raw.scope.region.kind === 'null') return undefined;
    const account = nameOf(raw.scope.account) ?? raw.scope.configuration;
    const name = type === 'aws_account' ? account : `${account}/${nameOf(raw.scope.region) ?? raw.scope.configuration}`;
    const key = `${raw.root}\0${type}\0${name}`;
    const present = this.known.get(key);
    if (present !== undefined) return present;
    const made = this.make(type, name, raw);
    this.known.set(key, made);
    this.nodes.set(made.key, made);
    return made;
  }

  /** What a snapshot does not say of a scope is not known: no fact of the configuration stands for it. */
  private fromRecord(raw: RawResource): Node {
    const entries = new Map([...raw.values.entries, ...ownValues(raw.type, raw)]);
    for (const [path, value] of raw.live?.facts ?? []) if (!entries.has(path)) entries.set(path, value);
    for (const [path, { reason, subject, origin }] of raw.live?.gaps ?? [])
      if (!entries.has(path)) entries.set(path, unknownValue(reason, { subject, origin }));
    return {
      key: resourceKey(raw.root, raw.address),
      model: modelOf(this.schemas, raw.type, 'managed'),
      presence: 'scope',
      raw,
      values: { ...raw.values, entries },
      members: [],
      declaredIn: new Map(),
    };
  }

  private make(type: string, name: string, raw: RawResource): Node {
    const address = `${type}/${name}`;
    const model = modelOf(this.schemas, type, 'managed');
    return {
      key: resourceKey(raw.root, address),
      model,
      presence: 'scope',
      raw: {
        ...raw,
        address,
        type,
        name,
        mode: 'managed',
        declaration: address,
        existence: CERTAIN,
        isPrototype: false,
        keySet: undefined,
        calls: [],
        ignoreChanges: undefined,
        live: undefined,
      },
      // A region of a snapshot that nothing was asked of.
      values:
        raw.live === undefined
          ? withFacts(new Map(ownValues(type, raw)), this.facts.get(type))
          : { ...raw.values, entries: new Map(ownValues(type, raw)) },
      members: [],
      declaredIn: new Map(),
    };
  }
}

function ownValues(type: string, { scope }: RawResource): [string, Value][] {
  if (type !== 'aws_account') return [['name', scope.region]];
  return [
    ['account_id', scope.account],
    ['partition', scope.partition],
  ];
}

function nameOf(value: Value): string | undefined {
  return value.kind === 'string' ? value.value : undefined;
}

function withFacts(entries: Map<string, Value>, facts: unknown): ObjectValue {
  const stated = facts === undefined ? undefined : toFact(facts, 0);
  if (stated?.kind === 'object') for (const [name, value] of stated.entries) entries.set(name, value);
  return { kind: 'object', type: OBJECT_TYPE, entries };
}

function toFact(data: unknown, depth: number): Value {
  if (typeof data === 'string') return stringValue(data);
  if (typeof data === 'number') return numberValue(data);
  if (typeof data === 'boolean') return boolValue(data);
  if (depth > maxFactDepth) return unknownValue('limit-reached');
  if (data === null || typeof data !== 'object') return nullValue();
  if (Array.isArray(data)) {
    return { kind: 'list', type: LIST_TYPE, elements: data.map((element) => toFact(element, depth + 1)) };
  }
  const entries = new Map<string, Value>();
  for (const [name, value] of Object.entries(data)) entries.set(name, toFact(value, depth + 1));
  return { kind: 'object', type: OBJECT_TYPE, entries };
}
