import type { UnknownValue } from '../../model/value.js';
import { isEqual } from './equality.js';
import { overAlternatives } from './lift.js';
import { isNumeric, toInteger } from './numbers.js';
import {
  doubtOf,
  EMPTY_LIST,
  EMPTY_OBJECT,
  entriesOf,
  FALSE,
  type MapValue,
  mapKey,
  policyError,
  type RuntimeList,
  type RuntimeObject,
  type RuntimeValue,
  restUnknown,
  TRUE,
  typeName,
  UNSET,
  unknownFrom,
} from './runtime-value.js';

/** An element to visit: how often it is there decides what it can decide. */
export interface Visit {
  readonly key: RuntimeValue;
  readonly value: RuntimeValue;
  /** `once`: there; `perhaps`: perhaps there, `any-number`: none, one or several of it. */
  readonly existence: 'once' | 'perhaps' | 'any-number';
  /** The position in the list; absent for what may follow. */
  readonly index?: number | undefined;
}

export interface Collection {
  readonly visits: readonly Visit[];
  /** There may be more, of which nothing is known. */
  readonly open?: UnknownValue | undefined;
  /** Why elements that are not certain to be there are not. */
  readonly doubt: readonly UnknownValue[];
}

/** The elements of a list, or a map's entries; undefined for what is no collection. A resource's null is empty. */
export function visitsOf(value: RuntimeValue, isKeyed: boolean): Collection | undefined {
  switch (value.kind) {
    case 'list':
      return visitsOfList(value, isKeyed);
    case 'object':
    case 'map': {
      const visits = entriesOf(value).map(
        (entry): Visit => ({ key: entry.key, value: isKeyed ? entry.value : entry.key, existence: 'once' }),
      );
      return { visits, open: value.rest === undefined ? undefined : restUnknown(value.rest), doubt: [] };
    }
    case 'null':
      return value.isLiteral === true ? undefined : { visits: [], doubt: [] };
    default:
      return undefined;
  }
}

/** Only two names bind the index, and a number of 64 bits costs more than the rest of a visit. */
const NO_INDEX: RuntimeValue = { kind: 'int', value: -1n };

function visitsOfList(list: RuntimeList, isKeyed: boolean): Collection {
  const visits: Visit[] = [];
  for (let index = 0; index < list.elements.length; index++) {
    const element = list.elements[index];
    if (element === undefined) continue;
    const existence = list.existence?.get(index) ?? 'once';
    const value = existence === 'any-number' ? anonymise(element) : element;
    const key: RuntimeValue = isKeyed ? { kind: 'int', value: BigInt(index) } : NO_INDEX;
    visits.push({ key, value, existence, index });
  }
  const { rest } = list;
  const doubt = doubtOf(list);
  if (rest === undefined) return { visits, doubt };
  if (rest.element === undefined) return { visits, open: restUnknown(rest), doubt };
  visits.push({
    key: { ...restUnknown(rest), type: { kind: 'number' } },
    value: anonymise(rest.element),
    existence: 'any-number',
  });
  return { visits, doubt: list.existence === undefined ? [restUnknown(rest)] : [...doubt, restUnknown(rest)] };
}

/**
 * A copy whose unknowns are equal to no others: an element that stands for several is not the same in two of them, even
 * where it is written once.
 */
function anonymise(value: RuntimeValue): RuntimeValue {
  switch (value.kind) {
    case 'unknown': {
      const parts = value.parts?.map((part) => (typeof part === 'string' ? part : { ...part, identity: undefined }));
      return { ...value, identity: undefined, parts };
    }
    case 'list': {
      const elements = value.elements.map(anonymise);
      return elements.every((element, index) => element === value.elements[index]) ? value : { ...value, elements };
    }
    case 'object': {
      const entries = new Map([...value.entries].map(([key, entry]) => [key, anonymise(entry)]));
      const isSame = [...entries].every(([key, entry]) => entry === value.entries.get(key));
      return isSame ? value : { ...value, entries };
    }
    default:
      return value;
  }
}

/** `value in collection`. */
export function isIn(value: RuntimeValue, collection: RuntimeValue): RuntimeValue {
  if (value.kind === 'error') return value;
  switch (collection.kind) {
    case 'error':
      return collection;
    case 'list':
      return isInList(value, collection);
    case 'object':
    case 'map':
      return isKeyOf(value, collection);
    case 'null':
      return collection.isLiteral === true ? policyError('"in" needs a list or a map.') : FALSE;
    case 'unknown':
      return overAlternatives(collection, (known) => isIn(value, known)) ?? unknownFrom([collection]);
    default:
      return policyError(`"in" needs a list or a map, not ${typeName(collection)}.`);
  }
}

function isInList(value: RuntimeValue, list: RuntimeList): RuntimeValue {
  const open: RuntimeValue[] = [];
  for (let index = 0; index < list.elements.length; index++) {
    const element = list.elements[index];
    if (element === undefined) continue;
    const same = isEqual(value, element);
    if (same === true && !list.existence?.has(index)) return TRUE;
    if (same === true) open.push(...doubtOf(list));
    else if (same === undefined) open.push(value, element);
  }
  if (list.rest !== undefined) {
    const { element } = list.rest;
    if (element === undefined || isEqual(value, anonymise(element)) !== false) open.push(restUnknown(list.rest));
  }
  return open.length === 0 ? FALSE : unknownFrom(open);
}

function isKeyOf(key: RuntimeValue, map: RuntimeObject | MapValue): RuntimeValue {
  if (key.kind === 'unknown') {
    const lifted = overAlternatives(key, (known) => isKeyOf(known, map));
    if (lifted !== undefined) return lifted;
    const isPossible = map.rest !== undefined || entriesOf(map).some((entry) => isEqual(key, entry.key) !== false);
    return isPossible ? unknownFrom([key]) : FALSE;
  }
  const found = entryOf(map, key);
  if (found === undefined) return map.rest === undefined ? FALSE : unknownFrom([restUnknown(map.rest)]);
  if (map.kind === 'map') return TRUE;
  return isThere(found);
}

/** Whether a resource's value is not null. */
export function isThere(value: RuntimeValue): RuntimeValue {
  if (value.kind === 'null') return FALSE;
  if (value.kind !== 'unknown') return TRUE;
  if (value.notNull === true || value.parts !== undefined) return TRUE;
  return overAlternatives(value, isThere) ?? unknownFrom([value]);
}

export function entryOf(map: RuntimeObject | MapValue, key: RuntimeValue): RuntimeValue | undefined {
  if (map.kind === 'object') return key.kind === 'string' ? map.entries.get(key.value) : undefined;
  const canonical = mapKey(key);
  return canonical === undefined ? undefined : map.entries.get(canonical)?.value;
}

/**
 * `operand[index]`. What is not there reads as null in a resource's values and is an error in those of an expression.
 */
export function elementAt(operand: RuntimeValue, index: RuntimeValue): RuntimeValue {
  if (operand.kind === 'error') return operand;
  if (index.kind === 'error') return index;
  switch (operand.kind) {
    case 'unknown':
      return overAlternatives(operand, (known) => elementAt(known, index)) ?? readThrough(operand, [index]);
    case 'null':
      return operand.isLiteral === true ? policyError('null has no elements.') : UNSET;
    case 'list':
      return elementOfList(operand, index);
    case 'object':
    case 'map':
      return entryOfMap(operand, index);
    case 'resource':
      return elementAt(operand.resource.values, index);
    default:
      return policyError(`${typeName(operand)} has no elements.`);
  }
}

/** What is read through an unknown may itself be null. */
export function readThrough(unknown: RuntimeValue, others: readonly RuntimeValue[] = []): RuntimeValue {
  return unknownFrom([unknown, ...others], { notNull: undefined });
}

function elementOfList(list: RuntimeList, index: RuntimeValue): RuntimeValue {
  if (index.kind === 'unknown') return readThrough(index, [list]);
  const position = toInteger(index);
  if (position === undefined) return policyError(`A list's index is a whole number, not ${describe(index)}.`);
  if (list.existence !== undefined && list.existence.size > 0) {
    // An element that may be missing moves all that follow it.
    const firstUncertain = Math.min(...list.existence.keys());
    if (position >= firstUncertain) return unknownFrom([...doubtOf(list), list], { notNull: undefined });
  }
  const element = position < 0 ? undefined : list.elements[position];
  if (element !== undefined) return element;
  if (list.rest !== undefined && position >= 0) return readThrough(restUnknown(list.rest));
  return list.isResult === true ? policyError(`The list has no element ${position}.`) : UNSET;
}

function entryOfMap(map: RuntimeObject | MapValue, key: RuntimeValue): RuntimeValue {
  if (key.kind === 'unknown') {
    return overAlternatives(key, (known) => entryOfMap(map, known)) ?? readThrough(key, [map]);
  }
  const found = entryOf(map, key);
  if (found !== undefined) return found;
  if (map.rest !== undefined) return readThrough(restUnknown(map.rest));
  if (map.kind === 'object') return UNSET;
  if (mapKey(key) === undefined) return policyError(`${typeName(key)} cannot be a key.`);
  return policyError(`The map has no key ${describe(key)}.`);
}

export function describe(value: RuntimeValue): string {
  if (value.kind === 'string') return JSON.stringify(value.value);
  return isNumeric(value) || value.kind === 'bool' ? String(value.value) : typeName(value);
}

/** What an attribute that is not there reads as. */
export function emptyOf(kind: 'list' | 'map' | undefined): RuntimeValue {
  return kind === 'list' ? EMPTY_LIST : kind === 'map' ? EMPTY_OBJECT : UNSET;
}
