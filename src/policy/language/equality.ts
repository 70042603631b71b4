import type { Type } from '../../model/type.js';
import type { UnknownValue } from '../../model/value.js';
import { compareNumbers, isNumeric } from './numbers.js';
import {
  alternativesOf,
  entriesOf,
  FALSE,
  type MapValue,
  mapKey,
  outsideInput,
  type RuntimeList,
  type RuntimeObject,
  type RuntimeUnknown,
  type RuntimeValue,
  TRUE,
  toBool,
  unknownFrom,
} from './runtime-value.js';

/** Kleene's third value is `undefined`. */
export type Ternary = boolean | undefined;

/** `a == b` over everything, three-valued: errors first, then what is known of the unknowns. */
export function equal(a: RuntimeValue, b: RuntimeValue): RuntimeValue {
  if (a.kind === 'error') return a;
  if (b.kind === 'error') return b;
  const answer = isEqual(a, b);
  if (answer !== undefined) return toBool(answer);
  return unknownFrom([a, b].map(withUnprovenType));
}

function withUnprovenType(value: RuntimeValue): RuntimeValue {
  return value.kind === 'resource' ? outsideInput(value.resource.address) : value;
}

export function notEqual(a: RuntimeValue, b: RuntimeValue): RuntimeValue {
  const answer = equal(a, b);
  if (answer.kind !== 'bool') return answer;
  return answer.value ? FALSE : TRUE;
}

/** Whether two values are equal; undefined where it depends on what is unknown. Errors are equal to nothing. */
export function isEqual(a: RuntimeValue, b: RuntimeValue): Ternary {
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  if (a.kind === 'unknown' || b.kind === 'unknown') return isUnknownEqual(a, b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b) === 0;
  switch (a.kind) {
    case 'null':
      return b.kind === 'null' || (b.kind === 'resource' && b.isTypeUnproven === true ? undefined : false);
    case 'resource':
      if (b.kind === 'null') return a.isTypeUnproven === true ? undefined : false;
      return b.kind === 'resource' ? a.resource.key === b.resource.key : false;
    case 'list':
      return b.kind === 'list' ? isListEqual(a, b) : false;
    case 'object':
    case 'map':
      return b.kind === 'object' || b.kind === 'map' ? isMapEqual(a, b) : false;
    case 'optional':
      return b.kind === 'optional' ? isOptionalEqual(a, b) : false;
    case 'ip':
      return b.kind === 'ip' && a.family === b.family && a.bits === b.bits;
    case 'cidr':
      return b.kind === 'cidr' && a.family === b.family && a.bits === b.bits && a.prefix === b.prefix;
    case 'error':
      return false;
    default:
      return a.kind === b.kind && 'value' in b && a.value === b.value;
  }
}

function isOptionalEqual(
  a: Extract<RuntimeValue, { kind: 'optional' }>,
  b: Extract<RuntimeValue, { kind: 'optional' }>,
): Ternary {
  if (a.perhaps !== undefined || b.perhaps !== undefined) return undefined;
  if (a.value === undefined || b.value === undefined) return a.value === b.value;
  return isEqual(a.value, b.value);
}

function isUnknownEqual(a: RuntimeValue, b: RuntimeValue): Ternary {
  if (a.kind === 'unknown' && b.kind === 'unknown' && isSameUnknown(a, b)) return true;
  const [unknown, other] = a.kind === 'unknown' ? [a, b] : b.kind === 'unknown' ? [b, a] : [undefined, b];
  if (unknown === undefined) return undefined;
  const alternatives = alternativesOf(unknown);
  if (alternatives !== undefined) return agreed(alternatives.map((alternative) => isEqual(alternative, other)));
  if (other.kind === 'unknown') {
    const others = alternativesOf(other);
    if (others !== undefined) return agreed(others.map((alternative) => isEqual(unknown, alternative)));
    return areApart(unknown, other) ? false : undefined;
  }
  return canBe(unknown, other) ? undefined : false;
}

function agreed(answers: readonly Ternary[]): Ternary {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}

/** Whether the two are the same unknown, so that they are equal however it turns out. */
export function isSameUnknown(a: RuntimeUnknown | UnknownValue, b: RuntimeUnknown | UnknownValue): boolean {
  if (a === b) return true;
  if (a.identity !== undefined && a.identity === b.identity) return true;
  const { parts: left } = a;
  const { parts: right } = b;
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every((part, index) => {
    const other = right[index];
    if (typeof part === 'string' || typeof other === 'string') return part === other;
    return other !== undefined && isSameUnknown(part, other);
  });
}

/** Whether two values are the same value, their unknowns the same unknowns: used to see that branches agree. */
export function isIdentical(a: RuntimeValue, b: RuntimeValue): boolean {
  if (a === b) return true;
  if (a.kind === 'error' || b.kind === 'error') return false;
  if (a.kind === 'resource' || b.kind === 'resource') {
    return a.kind === 'resource' && b.kind === 'resource' && a.resource.key === b.resource.key;
  }
  if (a.kind !== b.kind) return false;
  if (a.kind === 'list' && (a.rest !== undefined || a.existence !== undefined)) return false;
  return isEqual(a, b) === true;
}

/** The type of a value as far as an unknown's type can tell it apart. */
function kindOfType(type: Type): string | undefined {
  switch (type.kind) {
    case 'dynamic':
      return undefined;
    case 'set':
    case 'tuple':
      return 'list';
    case 'map':
      return 'object';
    default:
      return type.kind;
  }
}

function kindOf(value: RuntimeValue): string {
  if (isNumeric(value)) return 'number';
  return value.kind === 'map' || value.kind === 'resource' ? 'object' : value.kind;
}

/** Whether the unknown may turn out to be the value, which is known. */
export function canBe(unknown: RuntimeUnknown | UnknownValue, value: RuntimeValue): boolean {
  if (value.kind === 'null') return unknown.notNull !== true && unknown.parts === undefined;
  const type = kindOfType(unknown.type);
  if (type !== undefined && type !== kindOf(value)) return false;
  if (unknown.parts !== undefined) return value.kind === 'string' && fitsParts(unknown.parts, value.value);
  const { bounds, length } = unknown;
  if (bounds !== undefined && isNumeric(value)) {
    if (bounds.min !== undefined && value.value < bounds.min) return false;
    if (bounds.max !== undefined && value.value > bounds.max) return false;
  }
  if (length !== undefined && (value.kind === 'list' || value.kind === 'object' || value.kind === 'map')) {
    const { min, max } = sizeBounds(value);
    if (max !== undefined && max < length.min) return false;
    if (length.max !== undefined && min > length.max) return false;
  }
  return true;
}

type Parts = readonly (string | UnknownValue)[];

/** Whether a text can be made of the parts, each unknown one any text. */
export function fitsParts(parts: Parts, text: string): boolean {
  const known = parts.filter((part) => typeof part === 'string');
  const first = parts[0];
  const last = parts.at(-1);
  let at = 0;
  let end = text.length;
  let middle = known;
  if (typeof first === 'string') {
    if (!text.startsWith(first)) return false;
    at = first.length;
    middle = middle.slice(1);
  }
  if (typeof last === 'string' && parts.length > 1) {
    if (!text.endsWith(last)) return false;
    end -= last.length;
    middle = middle.slice(0, -1);
  }
  if (parts.length === 1 && typeof first === 'string') return text === first;
  for (const part of middle) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** The known text at the beginning of an unknown string, and at its end. */
export function knownPrefix(parts: Parts): string {
  const first = parts[0];
  return typeof first === 'string' ? first : '';
}

export function knownSuffix(parts: Parts): string {
  const last = parts.at(-1);
  return typeof last === 'string' ? last : '';
}

/** Whether two unknowns certainly differ. */
function areApart(a: RuntimeUnknown, b: RuntimeUnknown): boolean {
  const [left, right] = [kindOfType(a.type), kindOfType(b.type)];
  const isOneNotNull = isNotNull(a) || isNotNull(b);
  if (left !== undefined && right !== undefined && left !== right) return isOneNotNull;
  if (a.parts !== undefined && b.parts !== undefined) {
    const [p, q] = [knownPrefix(a.parts), knownPrefix(b.parts)];
    const [s, t] = [knownSuffix(a.parts), knownSuffix(b.parts)];
    return (!p.startsWith(q) && !q.startsWith(p)) || (!s.endsWith(t) && !t.endsWith(s));
  }
  if (a.bounds !== undefined && b.bounds !== undefined && isOneNotNull) {
    const above = (x: number | undefined, y: number | undefined) => x !== undefined && y !== undefined && x > y;
    return above(a.bounds.min, b.bounds.max) || above(b.bounds.min, a.bounds.max);
  }
  return false;
}

function isNotNull(unknown: RuntimeUnknown): boolean {
  return unknown.notNull === true || unknown.parts !== undefined;
}

/** How many elements or entries a collection has, at least and at most. */
export function sizeBounds(value: RuntimeList | RuntimeObject | MapValue): {
  readonly min: number;
  readonly max: number | undefined;
} {
  if (value.kind !== 'list') {
    return { min: value.entries.size, max: value.rest === undefined ? value.entries.size : undefined };
  }
  let min = value.elements.length;
  let isOpen = value.rest !== undefined;
  for (const existence of value.existence?.values() ?? []) {
    min--;
    isOpen ||= existence === 'any-number';
  }
  return { min, max: isOpen ? undefined : value.elements.length };
}

function isListEqual(a: RuntimeList, b: RuntimeList): Ternary {
  const [left, right] = [sizeBounds(a), sizeBounds(b)];
  if (left.max !== undefined && left.max < right.min) return false;
  if (right.max !== undefined && right.max < left.min) return false;
  if (left.min !== left.max || right.min !== right.max) return undefined;
  let answer: Ternary = true;
  for (let i = 0; i < a.elements.length; i++) {
    const [x, y] = [a.elements[i], b.elements[i]];
    if (x === undefined || y === undefined) return false;
    const same = isEqual(x, y);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

/** Entries that are null count as absent in a resource's objects, as everywhere. */
function isMapEqual(a: RuntimeObject | MapValue, b: RuntimeObject | MapValue): Ternary {
  const isLenient = a.kind === 'object' || b.kind === 'object';
  const [left, right] = [byKey(a, isLenient), byKey(b, isLenient)];
  let answer: Ternary = a.rest === undefined && b.rest === undefined ? true : undefined;
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [x, y] = [left.get(key), right.get(key)];
    const same = x !== undefined && y !== undefined ? isEqual(x, y) : isMissingEqual(x ?? y, x === undefined ? a : b);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

function isMissingEqual(present: RuntimeValue | undefined, lacking: RuntimeObject | MapValue): Ternary {
  if (lacking.rest !== undefined) return undefined;
  const canBeAbsent = present?.kind === 'unknown' && lacking.kind === 'object' && canBe(present, { kind: 'null' });
  return canBeAbsent ? undefined : false;
}

function byKey(value: RuntimeObject | MapValue, isLenient: boolean): Map<string, RuntimeValue> {
  const result = new Map<string, RuntimeValue>();
  for (const entry of entriesOf(value)) {
    if (isLenient && entry.value.kind === 'null') continue;
    result.set(mapKey(entry.key) ?? '', entry.value);
  }
  return result;
}
