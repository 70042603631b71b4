import type { Resource, ResourceGraph } from '../../src/model/resource.js';
import { resourceKey } from '../../src/model/resource.js';
import type {
  ListShape,
  MapShape,
  ObjectShape,
  ScalarShape,
  Shape,
  ShapeCatalogue,
  TypeShape,
} from '../../src/model/shape.js';
import { DYNAMIC } from '../../src/model/type.js';
import type { ObjectValue, Value } from '../../src/model/value.js';
import { boolValue, nullValue, numberValue, stringValue, unknownValue } from '../../src/model/values.js';

export const text: ScalarShape = { kind: 'string', settable: true };
export const number: ScalarShape = { kind: 'number', settable: true };
export const bool: ScalarShape = { kind: 'bool', settable: true };
export const any: ScalarShape = { kind: 'any', settable: true };
export const list = (element: Shape): ListShape => ({ kind: 'list', element, settable: true });
export const set = (element: Shape): ListShape => ({ kind: 'set', element, settable: true });
export const map = (element: Shape): MapShape => ({ kind: 'map', element, settable: true });
export const object = (fields: Record<string, Shape>, details: Partial<ObjectShape> = {}): ObjectShape => ({
  kind: 'object',
  settable: true,
  fields: new Map(Object.entries(fields)),
  ...details,
});

const KINDS = ['string', 'number', 'bool', 'null', 'list', 'object', 'unknown'];

function isValue(data: object): data is Value {
  return 'kind' in data && typeof data.kind === 'string' && KINDS.includes(data.kind);
}

/** Plain data → `Value`; values in it are kept as they are. */
export function toValue(data: unknown): Value {
  if (data === null || data === undefined) return nullValue();
  if (typeof data === 'string') return stringValue(data);
  if (typeof data === 'number') return numberValue(data);
  if (typeof data === 'boolean') return boolValue(data);
  if (Array.isArray(data)) {
    return { kind: 'list', type: { kind: 'list', element: DYNAMIC }, elements: data.map(toValue) };
  }
  if (typeof data !== 'object' || isValue(data)) return data as Value;
  const entries = new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)]));
  return { kind: 'object', type: { kind: 'object', attributes: new Map() }, entries };
}

/** A catalogue of the given types; a type's details may make it a scope, a companion, or offer views. */
export function catalogue(
  types: Record<string, Record<string, Shape>>,
  details: Record<string, Partial<TypeShape>> = {},
): ShapeCatalogue {
  const shapes = new Map<string, TypeShape>();
  for (const [type, fields] of Object.entries(types)) {
    shapes.set(type, { type, shape: object(fields), views: [], isScope: false, ...details[type] });
  }
  return {
    typeShape: (type) => shapes.get(type),
    typesWithView: (view) => [...shapes.values()].filter(({ views }) => views.includes(view)).map(({ type }) => type),
    typeNames: () => [...shapes.keys()].sort(),
  };
}

/** A resource whose values are plain data (see `toValue`). */
export function resource(type: string, name: string, values: object, details: Partial<Resource> = {}): Resource {
  const address = `${type}.${name}`;
  const value = toValue(values);
  const none = unknownValue('provider-configuration');
  return {
    key: resourceKey('.', address),
    root: '.',
    address,
    type,
    name,
    mode: 'managed',
    language: 'terraform',
    declaration: address,
    folder: '',
    scope: { provider: 'aws', configuration: 'aws', account: none, region: none, partition: none },
    existence: { kind: 'certain' },
    isPrototype: false,
    values: value as ObjectValue,
    presence: 'written',
    members: [],
    declaredIn: new Map(),
    calls: [],
    hasTable: true,
    ...details,
  };
}

export function graph(resources: readonly Resource[], details: Partial<ResourceGraph> = {}): ResourceGraph {
  return {
    resources: new Map(resources.map((entry) => [entry.key, entry])),
    linksFrom: new Map(),
    linksTo: new Map(),
    scopes: new Map(),
    sensitive: [],
    unresolvedLinks: new Map(),
    openTypes: new Map(),
    unseen: [],
    ...details,
  };
}
