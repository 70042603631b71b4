import { BOOL } from '../../../model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../../../model/value.js';
import { boolValue, isWhollyKnown, typeOf } from '../../../model/values.js';
import { compareNumbers } from './number.js';
import { typesEqual, typesMayBeEqual } from './types.js';
import { isNotNull, knownPrefix, knownSuffix, lengthRange, unknownFrom } from './unknown.js';

/** SAFETY: how many pairs of members are compared to decide whether two sets are equal. */
const maxComparisons = 1_000_000;

/** Equal, different, or not known. */
type Answer = boolean | undefined;

/**
 * Terraform's `==`: values of different types differ. Decided as far as what is known of unknowns allows: their types, that
 * they are not null, known parts, bounds, lengths, alternatives; the same unknown is equal to itself.
 */
export function equalValues(a: Value, b: Value): Value {
  const answer = compare(a, b);
  return answer === undefined ? unknownFrom([a, b], BOOL, { notNull: true }) : boolValue(answer);
}

/** As `equalValues`, as a plain answer: undefined where it is not known. */
export function compareForEquality(a: Value, b: Value): boolean | undefined {
  return compare(a, b);
}

function compare(a: Value, b: Value): Answer {
  if (a.kind === 'unknown') return compareUnknown(a, b);
  if (b.kind === 'unknown') return compareUnknown(b, a);
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  const left = typeOf(a);
  const right = typeOf(b);
  if (typesEqual(left, right)) return compareKnown(a, b);
  if (!typesMayBeEqual(left, right)) return false;
  // Somewhere a type is not known: equal elements may be of different types.
  return compareKnown(a, b) === false ? false : undefined;
}

function compareKnown(a: Value, b: Value): Answer {
  if (a.kind === 'list' && b.kind === 'list') {
    return a.type.kind === 'set' ? compareSets(a, b) : compareLists(a, b);
  }
  if (a.kind === 'object' && b.kind === 'object') return compareObjects(a, b);
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a, b) === 0;
  if ((a.kind === 'string' || a.kind === 'bool') && a.kind === b.kind) return a.value === b.value;
  return false;
}

function compareUnknown(a: UnknownValue, b: Value): Answer {
  if (b.kind === 'null') return isNotNull(a) ? false : fromAlternatives(a, b);
  if (!typesMayBeEqual(a.type, typeOf(b))) {
    return b.kind === 'unknown' && !isNotNull(a) && !isNotNull(b) ? undefined : false;
  }
  if (b.kind === 'unknown' && isSameUnknown(a, b)) return true;
  if (isTextDifferent(a, b) || isRangeDifferent(a, b) || isLengthDifferent(a, b)) return false;
  return fromAlternatives(a, b);
}

function isSameUnknown(a: UnknownValue, b: UnknownValue): boolean {
  if (!typesEqual(a.type, b.type)) return false;
  if (a.identity !== undefined && a.identity === b.identity) return true;
  const { parts } = a;
  if (parts === undefined || b.parts === undefined || parts.length !== b.parts.length) return false;
  return b.parts.every((part, index) => {
    const other = parts[index];
    if (typeof part === 'string' || typeof other === 'string' || other === undefined) return part === other;
    return part.identity !== undefined && part.identity === other.identity;
  });
}

function isTextDifferent(a: UnknownValue, b: Value): boolean {
  if (a.parts === undefined || (b.kind !== 'string' && (b.kind !== 'unknown' || b.parts === undefined))) return false;
  const [prefix, otherPrefix] = [knownPrefix(a), knownPrefix(b)];
  if (!isPrefix(prefix, otherPrefix)) return true;
  const [suffix, otherSuffix] = [knownSuffix(a), knownSuffix(b)];
  const shared = Math.min(suffix.length, otherSuffix.length);
  if (shared > 0 && suffix.slice(-shared) !== otherSuffix.slice(-shared)) return true;
  if (b.kind !== 'string') return false;
  const least = a.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  return b.value.length < least;
}

/** Whether one can begin the other. */
function isPrefix(a: string, b: string): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared) === b.slice(0, shared);
}

function isRangeDifferent(a: UnknownValue, b: Value): boolean {
  const left = numberRange(a);
  const right = numberRange(b);
  if (left === undefined || right === undefined || !isNotNull(a)) return false;
  return (
    (left.max !== undefined && right.min !== undefined && left.max < right.min) ||
    (left.min !== undefined && right.max !== undefined && left.min > right.max)
  );
}

/** The bounds of a number, inclusive. */
export function numberRange(
  value: Value,
): { readonly min?: number | undefined; readonly max?: number | undefined } | undefined {
  if (value.kind === 'unknown') return value.bounds;
  return value.kind === 'number' && value.exact === undefined ? { min: value.value, max: value.value } : undefined;
}

function isLengthDifferent(a: Value, b: Value): boolean {
  const left = lengthRange(a);
  const right = lengthRange(b);
  if (left === undefined || right === undefined || !typesEqual(typeOf(a), typeOf(b))) return false;
  const isApart =
    (left.max ?? Number.POSITIVE_INFINITY) < right.min || (right.max ?? Number.POSITIVE_INFINITY) < left.min;
  // Two unknowns may both be null.
  return isApart && (isNotNull(a) || isNotNull(b));
}

function fromAlternatives(a: UnknownValue, b: Value): Answer {
  if (a.alternatives === undefined) return undefined;
  let answer: Answer;
  for (const [index, alternative] of a.alternatives.entries()) {
    if (alternative.kind === 'absent') return undefined;
    const one = compare(alternative, b);
    if (one === undefined || (index > 0 && one !== answer)) return undefined;
    answer = one;
  }
  return answer;
}

function compareLists(a: ListValue, b: ListValue): Answer {
  if (isLengthDifferent(a, b)) return false;
  const isPlain = a.rest === undefined && b.rest === undefined && !a.existence?.size && !b.existence?.size;
  const shared = Math.min(certainPrefix(a), certainPrefix(b));
  if (isPlain && a.elements.length !== b.elements.length) return false;
  let answer: Answer = isPlain ? true : undefined;
  for (let i = 0; i < shared; i++) {
    const left = a.elements[i];
    const right = b.elements[i];
    const one = left === undefined || right === undefined ? undefined : compare(left, right);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/** How many elements at the beginning are certainly there at their own index. */
export function certainPrefix(list: ListValue): number {
  let prefix = list.elements.length;
  for (const index of list.existence?.keys() ?? []) prefix = Math.min(prefix, index);
  return prefix;
}

function compareSets(a: ListValue, b: ListValue): Answer {
  if (isLengthDifferent(a, b)) return false;
  // Known members stand in Terraform's order: equal sets are equal member by member.
  if (a.elements.length * b.elements.length > maxComparisons)
    return isWhollyKnown(a) && isWhollyKnown(b) && compareLists(a, b) === true ? true : undefined;
  if (isMemberMissing(a, b) || isMemberMissing(b, a)) return false;
  return isWhollyKnown(a) && isWhollyKnown(b) ? true : undefined;
}

/** Whether a member that is certainly in `a` certainly is not in `b`. */
function isMemberMissing(a: ListValue, b: ListValue): boolean {
  if (b.rest !== undefined) return false;
  return a.elements.some(
    (member, index) =>
      a.existence?.get(index) === undefined && b.elements.every((other) => compare(member, other) === false),
  );
}

function compareObjects(a: ObjectValue, b: ObjectValue): Answer {
  if (isKeyMissing(a, b) || isKeyMissing(b, a)) return false;
  let answer: Answer = a.rest === undefined && b.rest === undefined ? true : undefined;
  for (const [key, entry] of a.entries) {
    const other = b.entries.get(key);
    const one = other === undefined ? undefined : compare(entry, other);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

function isKeyMissing(a: ObjectValue, b: ObjectValue): boolean {
  return b.rest === undefined && [...a.entries.keys()].some((key) => !b.entries.has(key));
}
