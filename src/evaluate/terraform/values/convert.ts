import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { listValue, nullValue, objectValue, typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import { BEYOND, formatNumber, parseNumber } from './number.js';
import { isOrderUncertain, listOfUncertainSet, makeSet, restElement } from './set.js';
import {
  type AttributeConstraint,
  constraintType,
  hasDynamic,
  isConvertible,
  type TypeConstraint,
  typeName,
  typesEqual,
  unifyValueTypes,
} from './types.js';
import { lengthRange } from './unknown.js';

export type Conversion = { readonly ok: true; readonly value: Value } | Failure;

interface Failure {
  readonly ok: false;
  readonly message: string;
  /** Terraform would go on: the value is beyond what is computed here, and what it would be is not known. */
  readonly isLimit?: boolean | undefined;
}

/**
 * The value as the type, as Terraform converts arguments, defaults and attributes: surplus attributes are dropped, `any`
 * inside a collection becomes the one type of its elements. Unknowns keep what is known of them that still holds. Origin,
 * references and marks stay.
 */
export function convertValue(value: Value, type: Type): Conversion {
  if (type.kind === 'dynamic') return { ok: true, value };
  const own = typeOf(value);
  if (value.kind !== 'null' && typesEqual(own, type) && !hasDynamic(type)) return { ok: true, value };
  return convertTo(value, constraintOf(type));
}

/** As `convertValue`, for the declared type of a variable: an absent or null attribute takes its default. */
export function convertToConstraint(value: Value, constraint: TypeConstraint): Conversion {
  return convertTo(value, constraint);
}

const constraints = new WeakMap<object, TypeConstraint>();

/** A type as a constraint without optional attributes. */
function constraintOf(type: Type): TypeConstraint {
  const known = constraints.get(type);
  if (known !== undefined) return known;
  let constraint: TypeConstraint;
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      constraint = { kind: type.kind, element: constraintOf(type.element) };
      break;
    case 'tuple':
      constraint = { kind: 'tuple', elements: type.elements.map(constraintOf) };
      break;
    case 'object': {
      const attributes = [...type.attributes].map(
        ([name, attribute]) => [name, { type: constraintOf(attribute), isOptional: false }] as const,
      );
      constraint = { kind: 'object', attributes: new Map(attributes) };
      break;
    }
    default:
      constraint = { kind: type.kind };
  }
  constraints.set(type, constraint);
  return constraint;
}

const done = (value: Value): Conversion => ({ ok: true, value });
const failed = (message: string, isLimit?: boolean): Failure => ({ ok: false, message, isLimit });

/** A failure of what is in a structure; a limit is one wherever it is met. */
function inside(name: string, failure: Failure): Failure {
  return failure.isLimit === true ? failure : failed(`${name}: ${failure.message}`);
}

function convertTo(value: Value, to: TypeConstraint): Conversion {
  if (to.kind === 'dynamic')
    return to.isTooDeep === true ? failed('its type is nested deeper than Trueline reads', true) : done(value);
  if (value.kind === 'null') {
    const type = constraintType(to);
    if (value.type !== undefined && !isUnknownConvertible(value.type, to)) return failed(`${typeName(type)} required`);
    return done({ ...value, type });
  }
  if (value.kind === 'unknown') return convertUnknown(value, to);
  switch (to.kind) {
    case 'string':
      return toText(value);
    case 'number':
      return toNumber(value);
    case 'bool':
      return toBool(value);
    case 'list':
    case 'set':
      if (value.kind === 'list') return toSequence(value, to.kind, to);
      break;
    case 'tuple':
      if (value.kind === 'list' && value.type.kind === 'tuple') return toTuple(value, to.elements);
      break;
    case 'map':
      if (value.kind === 'object') return toMap(value, to.element);
      break;
    case 'object':
      if (value.kind === 'object') return toObject(value, to);
  }
  return failed(`${typeName(constraintType(to))} required`);
}

function toText(value: Value): Conversion {
  if (value.kind === 'string') return done(value);
  const { origin, sensitive, refersTo } = value;
  if (value.kind === 'number') {
    return done({ kind: 'string', value: formatNumber(value), origin, sensitive, refersTo });
  }
  if (value.kind === 'bool') return done({ kind: 'string', value: String(value.value), origin, sensitive, refersTo });
  return failed('string required');
}

function toNumber(value: Value): Conversion {
  if (value.kind === 'number') return done(value);
  if (value.kind !== 'string') return failed('number required');
  const number = parseNumber(value.value);
  if (number === undefined) return failed('a number is required');
  if (number === BEYOND) return failed('the number is beyond those that Trueline computes', true);
  return done({ ...number, origin: value.origin, sensitive: value.sensitive, refersTo: value.refersTo });
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function toBool(value: Value): Conversion {
  if (value.kind === 'bool') return done(value);
  if (value.kind !== 'string') return failed('bool required');
  const bool = BOOLS.get(value.value);
  if (bool !== undefined) {
    return done({
      kind: 'bool',
      value: bool,
      origin: value.origin,
      sensitive: value.sensitive,
      refersTo: value.refersTo,
    });
  }
  const isCaseWrong = BOOLS.has(value.value.toLowerCase());
  return failed(
    isCaseWrong
      ? `a bool is required; to convert from string, use lower case "${value.value.toLowerCase()}"`
      : 'a bool is required',
  );
}

type Converted = { readonly ok: true; readonly values: readonly Value[]; readonly type: Type } | Failure;

interface ElementNames {
  /** Which one a failure is about. */
  name(index: number): string;
  /** The element is perhaps not there: then it is no failure that it does not suit. */
  isUncertain(index: number): boolean;
}

/** Converts all to one type; `any` in it is the type that they have in common. */
function convertAll(values: readonly Value[], to: TypeConstraint, names: ElementNames): Converted {
  const converted: Value[] = [];
  const wanted = constraintType(to);
  for (const [index, value] of values.entries()) {
    const one = convertTo(value, to);
    if (one.ok) converted.push(one.value);
    else if (names.isUncertain(index)) converted.push(unsuitable(value, wanted));
    else return inside(names.name(index), one);
  }
  if (!hasDynamic(wanted) || converted.length === 0) return { ok: true, values: converted, type: wanted };
  const common = unifyValueTypes(converted);
  const isUncertain = converted.some((_, index) => names.isUncertain(index));
  if (isUncertain && !(common !== undefined && converted.every((one) => typesEqual(typeOf(one), common)))) {
    // Which types have to go together depends on which elements are there.
    return { ok: true, values: converted.map(withOpenType), type: DYNAMIC };
  }
  if (common === undefined) return { ok: false, message: '' };
  if (common.kind === 'dynamic') return { ok: true, values: converted.map(withOpenType), type: common };
  const unified: Value[] = [];
  for (const value of converted) {
    const one = convertValue(value, common);
    if (!one.ok) return { ok: false, message: '' };
    unified.push(one.value);
  }
  return { ok: true, values: unified, type: common };
}

/** A structure beside what may be of any type: which type the two will have in common is not known. */
function withOpenType(value: Value): Value {
  return value.kind === 'list' || value.kind === 'object' ? { ...value, type: DYNAMIC } : value;
}

/** Stands for an element that does not suit: where it is there, it is an error. */
function unsuitable(value: Value, type: Type): UnknownValue {
  return { kind: 'unknown', type, reason: 'invalid-value', origin: value.origin };
}

function toSequence(value: ListValue, kind: 'list' | 'set', to: CollectionConstraint): Conversion {
  const { element } = to;
  if (kind === 'list' && value.type.kind === 'tuple' && value.rest === undefined && isAllOf(value.elements, element))
    return done({ ...value, type: constraintType(to) });
  if (isElementTypeUnsuitable(value, element)) return failed(`${typeName(constraintType(to))} required`);
  const rest = value.rest?.element;
  const all = rest === undefined ? value.elements : [...value.elements, rest];
  const converted = convertAll(all, element, {
    name: (index) => `element ${index}`,
    isUncertain: (index) => index >= value.elements.length || value.existence?.has(index) === true,
  });
  if (!converted.ok)
    return failed(converted.message || `all ${kind} elements must have the same type`, converted.isLimit);
  const elements = converted.values.slice(0, value.elements.length);
  const open = openness(value, converted.values[value.elements.length]);
  if (kind === 'set') {
    return done(withMetadata(makeSet({ elements, existence: value.existence, ...open }, converted.type), value));
  }
  const type: Type =
    converted.type === constraintType(element) ? constraintType(to) : { kind: 'list', element: converted.type };
  if (value.type.kind === 'set' && isOrderUncertain(value)) {
    return done(withMetadata(listOfUncertainSet({ elements, existence: value.existence, ...open }, type), value));
  }
  return done(withMetadata({ ...listValue(type, elements), existence: value.existence, ...open }, value));
}

type CollectionConstraint = Extract<TypeConstraint, { readonly element: TypeConstraint }>;

/** Whether every element is a known one of the scalar type already. */
function isAllOf(elements: readonly Value[], { kind }: TypeConstraint): boolean {
  if (kind !== 'string' && kind !== 'number' && kind !== 'bool') return false;
  for (const element of elements) if (element.kind !== kind) return false;
  return true;
}

/** An empty list of text is no list of numbers' lists, though no element says so. */
function isElementTypeUnsuitable(value: ListValue | ObjectValue, element: TypeConstraint): boolean {
  const isEmpty = value.kind === 'list' ? value.elements.length === 0 : value.entries.size === 0;
  const { type } = value;
  if (!isEmpty || (type.kind !== 'list' && type.kind !== 'set' && type.kind !== 'map')) return false;
  return !isUnknownConvertible(type.element, element);
}

function openness(value: ListValue | ObjectValue, element: Value | undefined): { readonly rest?: Rest } {
  return value.rest === undefined ? {} : { rest: { ...value.rest, element } };
}

/** What was converted, with the origin, references and marks of what it was made from. */
function withMetadata(value: Value, source: Value): Value {
  const { origin, refersTo } = source;
  const sensitive = source.sensitive === true || value.sensitive === true ? true : undefined;
  return { ...value, origin, refersTo, sensitive };
}

function toTuple(value: ListValue, to: readonly TypeConstraint[]): Conversion {
  if (value.elements.length !== to.length || value.rest !== undefined) return failed('tuple required');
  const elements: Value[] = [];
  for (const [index, constraint] of to.entries()) {
    const element = value.elements[index];
    if (element === undefined) return failed('tuple required');
    const converted = convertTo(element, constraint);
    if (!converted.ok) return inside(`element ${index}`, converted);
    elements.push(converted.value);
  }
  const type: Type = { kind: 'tuple', elements: elements.map(typeOf) };
  return done({ ...value, type, elements });
}

function toMap(value: ObjectValue, element: TypeConstraint): Conversion {
  if (isElementTypeUnsuitable(value, element))
    return failed(`${typeName(constraintType({ kind: 'map', element }))} required`);
  const keys = [...value.entries.keys()];
  const rest = value.rest?.element;
  const entries = [...value.entries.values()];
  const converted = convertAll(rest === undefined ? entries : [...entries, rest], element, {
    name: (index) => `element "${keys[index] ?? ''}"`,
    isUncertain: (index) => index >= keys.length,
  });
  if (!converted.ok) return failed(converted.message || 'all map elements must have the same type', converted.isLimit);
  const result = new Map<string, Value>();
  for (const [index, key] of keys.entries()) {
    const entry = converted.values[index];
    if (entry !== undefined) result.set(key, entry);
  }
  const type: Type = { kind: 'map', element: converted.type };
  const { origin, sensitive, refersTo } = value;
  const open = openness(value, converted.values[keys.length]);
  return done({ ...objectValue(type, result, origin), sensitive, refersTo, ...open });
}

type NamedAttribute = readonly [string, AttributeConstraint];

const sorted = new WeakMap<TypeConstraint, readonly NamedAttribute[]>();

function sortedAttributes(to: TypeConstraint & { readonly kind: 'object' }): readonly NamedAttribute[] {
  const known = sorted.get(to) ?? [...to.attributes].sort(([a], [b]) => compareText(a, b));
  sorted.set(to, known);
  return known;
}

function toObject(value: ObjectValue, to: TypeConstraint & { readonly kind: 'object' }): Conversion {
  const entries = new Map<string, Value>();
  const attributes = new Map<string, Type>();
  for (const [name, attribute] of sortedAttributes(to)) {
    const given = value.entries.get(name);
    let own = given;
    if (own === undefined && value.rest !== undefined) own = value.rest.element ?? restElement(value.rest, DYNAMIC);
    if ((own === undefined || own.kind === 'null') && attribute.default !== undefined) own = attribute.default;
    if (own === undefined && attribute.isOptional) own = nullValue();
    if (own === undefined) return failed(`attribute "${name}" is required`);
    const converted = convertTo(own, attribute.type);
    if (!converted.ok) return inside(`attribute "${name}"`, converted);
    const entry = orDefault(converted.value, given === undefined, attribute.default);
    entries.set(name, entry);
    attributes.set(name, typeOf(entry));
  }
  const { origin, sensitive, refersTo } = value;
  return done({ ...objectValue({ kind: 'object', attributes }, entries, origin), sensitive, refersTo });
}

/** An unknown that may be null, or absent, may turn out to be the default. */
function orDefault(value: Value, isAbsent: boolean, fallback: Value | undefined): Value {
  if (value.kind !== 'unknown' || fallback === undefined) return value;
  if (value.notNull === true && !isAbsent) return value;
  const { identity: _identity, parts: _parts, encoded: _encoded, alternatives: _alternatives, ...plain } = value;
  return { ...plain, bounds: undefined, length: undefined, notNull: fallback.kind !== 'null' ? true : undefined };
}

function convertUnknown(value: UnknownValue, to: TypeConstraint): Conversion {
  const type = constraintType(to);
  if (typesEqual(value.type, type)) return done(value);
  if (!isUnknownConvertible(value.type, to)) return failed(`${typeName(type)} required`);
  const isSameKind = value.type.kind === type.kind;
  const isNew = value.type.kind !== 'dynamic';
  const alternatives = convertAlternatives(value, to);
  return done({
    ...value,
    type,
    // A string made from a number is not the string that the number was made from.
    identity: value.identity === undefined || !isNew ? value.identity : `${value.identity}\0${type.kind}`,
    parts: type.kind === 'string' ? value.parts : undefined,
    encoded: type.kind === 'string' ? value.encoded : undefined,
    layout: type.kind === 'string' ? value.layout : undefined,
    bounds: isSameKind ? value.bounds : undefined,
    length: convertedLength(value, type),
    alternatives,
  });
}

/** Attributes that are missing in the type of the unknown are allowed to be optional ones, at any depth. */
function isUnknownConvertible(from: Type, to: TypeConstraint): boolean {
  if (from.kind === 'dynamic') return true;
  switch (to.kind) {
    case 'list':
    case 'set':
      if (from.kind === 'tuple' && to.element.kind !== 'dynamic') {
        return from.elements.every((element) => isUnknownConvertible(element, to.element));
      }
      if (from.kind === 'list' || from.kind === 'set') return isUnknownConvertible(from.element, to.element);
      break;
    case 'map':
      if (from.kind === 'object' && to.element.kind !== 'dynamic') {
        return [...from.attributes.values()].every((attribute) => isUnknownConvertible(attribute, to.element));
      }
      if (from.kind === 'map') return isUnknownConvertible(from.element, to.element);
      break;
    case 'object':
      if (from.kind === 'object') {
        return [...to.attributes].every(([name, { type, isOptional }]) => {
          const own = from.attributes.get(name);
          return own === undefined ? isOptional : isUnknownConvertible(own, type);
        });
      }
      break;
    case 'tuple':
      if (from.kind === 'tuple' && from.elements.length === to.elements.length) {
        return to.elements.every((element, index) => {
          const own = from.elements[index];
          return own !== undefined && isUnknownConvertible(own, element);
        });
      }
      break;
    default:
      break;
  }
  return isConvertible(from, constraintType(to));
}

function convertAlternatives(value: UnknownValue, to: TypeConstraint): UnknownValue['alternatives'] {
  if (value.alternatives === undefined) return undefined;
  const alternatives: NonNullable<UnknownValue['alternatives']>[number][] = [];
  for (const alternative of value.alternatives) {
    if (alternative.kind === 'absent') alternatives.push(alternative);
    else {
      const converted = convertTo(alternative, to);
      // An alternative that does not convert is an error when it comes true; of one beyond a limit nothing is known.
      if (converted.ok) alternatives.push(converted.value);
      else if (converted.isLimit === true) return undefined;
    }
  }
  return alternatives.length === 0 ? undefined : alternatives;
}

function convertedLength(value: UnknownValue, type: Type): UnknownValue['length'] {
  const range = lengthRange(value);
  if (range === undefined) return undefined;
  switch (type.kind) {
    case 'list':
    case 'map':
      return range;
    case 'set':
      return { min: Math.min(1, range.min), max: range.max };
    default:
      return undefined;
  }
}
