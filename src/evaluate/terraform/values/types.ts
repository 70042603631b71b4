import { DYNAMIC, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';

/** The type of a variable as it is declared: a type, with what `optional(…)` says of attributes. */
export type TypeConstraint =
  | { readonly kind: 'string' | 'number' | 'bool' }
  | {
      readonly kind: 'dynamic';
      /** Not `any`: a type that is nested deeper than is read. What it makes of a value is not known. */
      readonly isTooDeep?: boolean;
    }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: TypeConstraint }
  | { readonly kind: 'tuple'; readonly elements: readonly TypeConstraint[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeConstraint> };

export interface AttributeConstraint {
  readonly type: TypeConstraint;
  readonly isOptional: boolean;
  /** `optional(T, default)`: stands for an absent and for a null attribute; converted to the type, nested defaults applied. */
  readonly default?: Value | undefined;
}

/** `any`: what a variable without a type has. */
export const ANY: TypeConstraint = { kind: 'dynamic' };

const types = new WeakMap<TypeConstraint, Type>();

/** The type without its `optional` marks: always the same object for the same constraint. */
export function constraintType(constraint: TypeConstraint): Type {
  const known = types.get(constraint);
  if (known !== undefined) return known;
  const type = makeType(constraint);
  types.set(constraint, type);
  return type;
}

function makeType(constraint: TypeConstraint): Type {
  switch (constraint.kind) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: constraint.kind, element: constraintType(constraint.element) };
    case 'tuple':
      return { kind: 'tuple', elements: constraint.elements.map(constraintType) };
    case 'object': {
      const attributes = new Map<string, Type>();
      for (const [name, attribute] of constraint.attributes) attributes.set(name, constraintType(attribute.type));
      return { kind: 'object', attributes };
    }
    default:
      return constraint;
  }
}

export function typesEqual(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'list':
    case 'set':
    case 'map':
      return b.kind === a.kind && typesEqual(a.element, b.element);
    case 'tuple':
      return b.kind === 'tuple' && sameElements(a.elements, b.elements, typesEqual);
    case 'object':
      return b.kind === 'object' && sameAttributes(a.attributes, b.attributes, typesEqual);
    default:
      return a.kind === b.kind;
  }
}

/** Whether the types can turn out to be equal: `dynamic` in either stands for any type. */
export function typesMayBeEqual(a: Type, b: Type): boolean {
  if (a === b || a.kind === 'dynamic' || b.kind === 'dynamic') return true;
  switch (a.kind) {
    case 'list':
    case 'set':
    case 'map':
      return b.kind === a.kind && typesMayBeEqual(a.element, b.element);
    case 'tuple':
      return b.kind === 'tuple' && sameElements(a.elements, b.elements, typesMayBeEqual);
    case 'object':
      return b.kind === 'object' && sameAttributes(a.attributes, b.attributes, typesMayBeEqual);
    default:
      return a.kind === b.kind;
  }
}

function sameElements(a: readonly Type[], b: readonly Type[], same: (a: Type, b: Type) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((type, index) => {
      const other = b[index];
      return other !== undefined && same(type, other);
    })
  );
}

function sameAttributes(
  a: ReadonlyMap<string, Type>,
  b: ReadonlyMap<string, Type>,
  same: (a: Type, b: Type) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [name, type] of a) {
    const other = b.get(name);
    if (other === undefined || !same(type, other)) return false;
  }
  return true;
}

export function hasDynamic(type: Type): boolean {
  switch (type.kind) {
    case 'dynamic':
      return true;
    case 'list':
    case 'set':
    case 'map':
      return hasDynamic(type.element);
    case 'tuple':
      return type.elements.some(hasDynamic);
    case 'object':
      return [...type.attributes.values()].some(hasDynamic);
    default:
      return false;
  }
}

/** The type in the words of Terraform's messages: `list of string`, `object`, `tuple`. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return type.element.kind === 'dynamic'
        ? `${type.kind} of any single type`
        : `${type.kind} of ${typeName(type.element)}`;
    case 'dynamic':
      return 'any type';
    default:
      return type.kind;
  }
}

/**
 * The one type that values of all these types convert to, by cty's rules (`convert.UnifyUnsafe`); undefined where there is
 * none. `dynamic` where some are not known yet and the others are structures, so that it cannot be said.
 */
export function unifyTypes(types: readonly Type[]): Type | undefined {
  const [first, ...others] = types;
  if (first === undefined) return undefined;
  if (others.every((type) => typesEqual(type, first))) return first;
  const kinds = new Set(types.map((type) => type.kind));
  const isUncertain = kinds.delete('dynamic');
  const structural = unifyStructures(types, kinds);
  if (structural.isDecided) return isUncertain ? DYNAMIC : structural.type;
  return byPreference(types).find((wanted) => types.every((type) => isConvertible(type, wanted)));
}

/**
 * As `unifyTypes`, for values. A null without a type takes any; beside an unknown that may be of any type only text is
 * certain, since everything that goes with text becomes text: `[1, var.any]` may be numbers or text.
 */
export function unifyValueTypes(values: readonly Value[]): Type | undefined {
  const types = values.flatMap((value) => (value.kind === 'null' && value.type === undefined ? [] : [typeOf(value)]));
  if (types.length === 0) return DYNAMIC;
  const common = unifyTypes(types);
  if (common === undefined || common.kind === 'string') return common;
  return types.some((type) => type.kind === 'dynamic') ? DYNAMIC : common;
}

type Unified = { readonly isDecided: true; readonly type: Type | undefined } | { readonly isDecided: false };

function unifyStructures(types: readonly Type[], kinds: ReadonlySet<Type['kind']>): Unified {
  const only = (...allowed: Type['kind'][]) => [...kinds].every((kind) => allowed.includes(kind));
  if (kinds.has('map') && only('map', 'object')) return decided(unifiedCollection('map', types));
  if (kinds.has('list') && only('list', 'tuple')) return decided(unifiedCollection('list', types));
  if (kinds.has('set') && only('set')) return decided(unifiedCollection('set', types));
  if (kinds.has('object') && only('object')) return decided(unifyObjects(types));
  if (kinds.has('tuple') && only('tuple')) return decided(unifyTuples(types));
  if (kinds.has('object') && kinds.has('tuple')) return decided(undefined);
  return { isDecided: false };
}

function decided(type: Type | undefined): Unified {
  return { isDecided: true, type };
}

/** The types of what is in values of these types, all together. */
function elementTypes(types: readonly Type[]): Type[] {
  return types.flatMap((type) => {
    switch (type.kind) {
      case 'list':
      case 'set':
      case 'map':
        return [type.element];
      case 'tuple':
        return [...type.elements];
      case 'object':
        return [...type.attributes.values()];
      default:
        return [];
    }
  });
}

function unifiedCollection(kind: 'list' | 'set' | 'map', types: readonly Type[]): Type | undefined {
  const elements = elementTypes(types);
  const element = elements.length === 0 ? DYNAMIC : unifyTypes(elements);
  return element === undefined ? undefined : { kind, element };
}

function unifyObjects(types: readonly Type[]): Type | undefined {
  const objects = types.filter((type) => type.kind === 'object');
  const [first, ...others] = objects;
  if (first === undefined) return undefined;
  const names = [...first.attributes.keys()];
  const isSame = others.every(
    (other) => other.attributes.size === names.length && names.every((name) => other.attributes.has(name)),
  );
  if (!isSame) return unifiedCollection('map', types);
  const attributes = new Map<string, Type>();
  for (const name of names) {
    const type = unifyTypes(objects.flatMap((object) => object.attributes.get(name) ?? []));
    if (type === undefined) return undefined;
    attributes.set(name, type);
  }
  return { kind: 'object', attributes };
}

function unifyTuples(types: readonly Type[]): Type | undefined {
  const tuples = types.filter((type) => type.kind === 'tuple');
  const [first, ...others] = tuples;
  if (first === undefined) return undefined;
  if (!others.every((other) => other.elements.length === first.elements.length))
    return unifiedCollection('list', types);
  const elements: Type[] = [];
  for (const index of first.elements.keys()) {
    const type = unifyTypes(tuples.flatMap((tuple) => tuple.elements[index] ?? []));
    if (type === undefined) return undefined;
    elements.push(type);
  }
  return { kind: 'tuple', elements };
}

/** A string before other primitives, a list before a tuple before a set, a map before an object, `dynamic` last. */
const PREFERENCE: readonly Type['kind'][] = [
  'string',
  'number',
  'bool',
  'list',
  'tuple',
  'set',
  'map',
  'object',
  'dynamic',
];

function byPreference(types: readonly Type[]): Type[] {
  return [...types].sort((a, b) => PREFERENCE.indexOf(a.kind) - PREFERENCE.indexOf(b.kind));
}

/** Whether some values of the one type convert to the other: cty's `GetConversionUnsafe` is not nil. */
export function isConvertible(from: Type, to: Type): boolean {
  if (to.kind === 'dynamic' || from.kind === 'dynamic') return true;
  switch (to.kind) {
    case 'string':
      return from.kind === 'string' || from.kind === 'number' || from.kind === 'bool';
    case 'number':
      return from.kind === 'number' || from.kind === 'string';
    case 'bool':
      return from.kind === 'bool' || from.kind === 'string';
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return elementsConvertible(from.elements, to.element);
      return (from.kind === 'list' || from.kind === 'set') && isConvertible(from.element, to.element);
    case 'map':
      if (from.kind === 'object') return elementsConvertible([...from.attributes.values()], to.element);
      return from.kind === 'map' && isConvertible(from.element, to.element);
    case 'tuple':
      return from.kind === 'tuple' && sameElements(from.elements, to.elements, isConvertible);
    case 'object':
      return isConvertibleToObject(from, to.attributes);
  }
}

function elementsConvertible(elements: readonly Type[], wanted: Type): boolean {
  const target = wanted.kind === 'dynamic' && elements.length > 0 ? unifyTypes(elements) : wanted;
  return target !== undefined && elements.every((element) => isConvertible(element, target));
}

function isConvertibleToObject(from: Type, wanted: ReadonlyMap<string, Type>): boolean {
  if (from.kind === 'map') return [...wanted.values()].every((type) => isConvertible(from.element, type));
  if (from.kind !== 'object') return false;
  return [...wanted].every(([name, type]) => {
    const own = from.attributes.get(name);
    return own !== undefined && isConvertible(own, type);
  });
}

/** The type of an element of a list, set or map; of a structure `dynamic`. */
export function elementTypeOf(type: Type): Type {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map' ? type.element : DYNAMIC;
}
