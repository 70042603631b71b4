import type { RawResource } from '../model/raw-resource.js';
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

/** SAFETY: how deep a stated fact is read. */
const maxFactDepth = 20;

/** The account and the region of every AWS provider configuration: there without being written. */
export class Scopes {
  readonly nodes = new Map<ResourceKey, Node>();
  private readonly known = new Map<string, Node>();

  constructor(
    private readonly schemas: ProviderSchemas,
    private readonly facts: Facts,
  ) {}

  /** The scope resource of the type in which a resource lies; made when it is first asked for. */
  of(type: string, raw: RawResource): Node | undefined {
    if (raw.scope.provider !== 'aws' || (type !== 'aws_account' && type !== 'aws_region')) return undefined;
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

  private make(type: string, name: string, raw: RawResource): Node {
    const address = `${type}/${name}`;
    const model = modelOf(this.schemas, type, 'managed');
    const own: [string, Value][] =
      type === 'aws_account'
        ? [
            ['account_id', raw.scope.account],
            ['partition', raw.scope.partition],
          ]
        : [['name', raw.scope.region]];
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
      },
      values: withFacts(new Map(own), this.facts.get(type)),
      members: [],
      declaredIn: new Map(),
    };
  }
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
