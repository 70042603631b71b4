import { DYNAMIC, STRING, type Type } from '../../../model/type.js';
import type { AbsentAlternative, Rest, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, mergeReferences, typeOf } from '../../../model/values.js';
import { listValueOf, mapValueOf, objectOf, tupleOf } from '../values/collections.js';
import { certainPrefix, compareForEquality, numberRange } from '../values/equality.js';
import { typesEqual } from '../values/types.js';
import {
  causeOf,
  isNotNull,
  knownPrefix,
  knownSuffix,
  lengthRange,
  markSensitive,
  referencesIn,
  unknownFrom,
  withReferences,
} from '../values/unknown.js';

/** How many values an unknown remembers that it can be. */
export const maxAlternatives = 4;
/** SAFETY: an identity is made of the identities of what it depends on. */
const maxIdentityLength = 400;

/**
 * The value that is one of these, and it is not known which: because of `cause`. Where all agree it is known; structures of
 * one shape are merged element by element; else an unknown with what all have in common. Refers to what any refers to.
 */
export function eitherOf(candidates: readonly Value[], cause: Value): Value {
  const merged = agreed(candidates) ?? mergedStructure(candidates, cause) ?? undecided(candidates, cause);
  return markSensitive(merged, cause.sensitive === true || candidates.some((one) => one.sensitive === true));
}

/** The value that all are, if it is one. */
function agreed(candidates: readonly Value[]): Value | undefined {
  const [first, ...others] = candidates;
  // Structures are merged element by element, so that what an element refers to is what it refers to in any of them.
  if (first === undefined || first.kind === 'object' || (first.kind === 'list' && first.type.kind !== 'set'))
    return undefined;
  if (!others.every((other) => typesEqual(typeOf(other), typeOf(first)))) return undefined;
  if (!others.every((other) => compareForEquality(first, other) === true)) return undefined;
  return others.reduce((value, other) => withReferences(value, other.refersTo), first);
}

function mergedStructure(candidates: readonly Value[], cause: Value): Value | undefined {
  const [first] = candidates;
  if (first === undefined) return undefined;
  const refersTo = mergeReferences(...candidates.map((one) => one.refersTo));
  if (first.kind === 'list' && first.type.kind !== 'set') {
    const lists = candidates.filter((one) => one.kind === 'list');
    const length = first.elements.length;
    const isSame = lists.every(
      (one) => one.elements.length === length && isPlainList(one) && one.type.kind === first.type.kind,
    );
    if (!isSame || lists.length !== candidates.length) return undefined;
    const elements = first.elements.map((_, index) =>
      eitherOf(
        lists.flatMap((one) => one.elements[index] ?? []),
        cause,
      ),
    );
    if (first.type.kind === 'tuple') return { ...tupleOf(elements), refersTo };
    const type = commonType(lists.map(typeOf));
    return {
      ...listValueOf(elements, commonType(lists.map((one) => one.type))),
      type: type.kind === 'dynamic' ? { kind: 'list', element: DYNAMIC } : type,
      refersTo,
    };
  }
  if (first.kind !== 'object') return undefined;
  const objects = candidates.filter((one) => one.kind === 'object');
  const keys = [...first.entries.keys()];
  const isSame = objects.every(
    (one) =>
      one.rest === undefined &&
      one.type.kind === first.type.kind &&
      one.entries.size === keys.length &&
      keys.every((key) => one.entries.has(key)),
  );
  if (!isSame || objects.length !== candidates.length) return undefined;
  const entries = keys.map(
    (key) =>
      [
        key,
        eitherOf(
          objects.flatMap((one) => one.entries.get(key) ?? []),
          cause,
        ),
      ] as const,
  );
  if (first.type.kind === 'object') return { ...objectOf(entries), refersTo };
  return { ...mapValueOf(entries, DYNAMIC), type: commonType(objects.map(typeOf)), refersTo };
}

function isPlainList(value: Value): boolean {
  return value.kind === 'list' && value.rest === undefined && certainPrefix(value) === value.elements.length;
}

function commonType(types: readonly Type[]): Type {
  const [first] = types;
  return first !== undefined && types.every((type) => typesEqual(type, first)) ? first : DYNAMIC;
}

function undecided(candidates: readonly Value[], cause: Value): UnknownValue {
  const why = causeOf(cause) ?? candidates.map(causeOf).find((found) => found !== undefined);
  const typed = candidates.filter((one) => one.kind !== 'null' || one.type !== undefined);
  const type = commonType(typed.map(typeOf));
  const notNull = candidates.every(isNotNull) ? true : undefined;
  const alternatives = alternativesOf(candidates);
  return {
    kind: 'unknown',
    type,
    reason: why?.reason ?? 'uncertain-existence',
    subject: why?.subject,
    notNull,
    alternatives,
    identity: identityOfChoice(cause, candidates),
    refersTo: mergeReferences(...candidates.map(referencesIn)),
    ...commonBounds(candidates),
    ...commonLength(candidates),
    ...commonParts(candidates, cause),
  };
}

function alternativesOf(candidates: readonly Value[]): readonly (Value | AbsentAlternative)[] | undefined {
  const alternatives: (Value | AbsentAlternative)[] = [];
  for (const candidate of candidates) {
    const own = candidate.kind === 'unknown' ? (candidate.alternatives ?? [candidate]) : [candidate];
    for (const one of own) {
      const isKnown = alternatives.some((other) => isSameAlternative(other, one));
      if (!isKnown) alternatives.push(one);
    }
  }
  return alternatives.length === 0 || alternatives.length > maxAlternatives ? undefined : alternatives;
}

function isSameAlternative(a: Value | AbsentAlternative, b: Value | AbsentAlternative): boolean {
  if (a.kind === 'absent' || b.kind === 'absent') return a.kind === b.kind;
  if (a === b) return true;
  // Alternatives that refer to different things are different, though their values are equal.
  return a.refersTo === undefined && b.refersTo === undefined && isWhollyKnown(a) && compareForEquality(a, b) === true;
}

function commonBounds(candidates: readonly Value[]): Pick<UnknownValue, 'bounds'> {
  const ranges = candidates.map(numberRange);
  const min = ranges.reduce<number | undefined>((least, range) => lowest(least, range?.min), Number.POSITIVE_INFINITY);
  const max = ranges.reduce<number | undefined>((most, range) => highest(most, range?.max), Number.NEGATIVE_INFINITY);
  return min === undefined && max === undefined ? {} : { bounds: { min, max } };
}

function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b);
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}

function commonLength(candidates: readonly Value[]): Pick<UnknownValue, 'length'> {
  let min = Number.POSITIVE_INFINITY;
  let max: number | undefined = 0;
  for (const candidate of candidates) {
    const range = lengthRange(candidate);
    if (range === undefined) return {};
    min = Math.min(min, range.min);
    max = highest(max, range.max);
  }
  return { length: { min, max } };
}

/** The beginning and the end that all texts share. */
function commonParts(candidates: readonly Value[], cause: Value): Pick<UnknownValue, 'parts'> {
  const isText = candidates.every(
    (one) => one.kind === 'string' || (one.kind === 'unknown' && one.parts !== undefined),
  );
  if (!isText) return {};
  const prefix = candidates.map(knownPrefix).reduce(sharedPrefix);
  // Beginning and end must not overlap in the shortest text.
  const suffixes = candidates.map((one) =>
    knownSuffix(one.kind === 'string' ? { ...one, value: one.value.slice(prefix.length) } : one),
  );
  const suffix = suffixes.reduce(sharedSuffix);
  if (prefix === '' && suffix === '') return {};
  const hole = unknownFrom([cause], STRING, { notNull: true, refersTo: undefined });
  return { parts: [prefix, hole, suffix].filter((part) => part !== '') };
}

function sharedPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

function sharedSuffix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return a.slice(a.length - length);
}

function identityOfChoice(cause: Value, candidates: readonly Value[]): string | undefined {
  return derivedIdentity('?', [cause, ...candidates]);
}

/** The identity of what a pure operation makes of values; undefined where one of them has none. */
export function derivedIdentity(operation: string, values: readonly Value[]): string | undefined {
  let identity = operation;
  for (const value of values) {
    const own = identityOf(value);
    if (own === undefined || identity.length + own.length > maxIdentityLength) return undefined;
    identity += `\0${own}`;
  }
  return identity;
}

function identityOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'unknown':
      return value.identity === undefined ? undefined : `u${value.identity}`;
    case 'string':
      return JSON.stringify(value.value);
    case 'bool':
      return String(value.value);
    case 'number':
      return value.exact === undefined ? String(value.value) : undefined;
    case 'null':
      return 'null';
    default:
      return undefined;
  }
}

/** Why a list or map is open, in the words of what made it so. */
export function restBecauseOf(cause: Value, element?: Value): Rest {
  const why = causeOf(cause);
  return { reason: why?.reason ?? 'uncertain-existence', subject: why?.subject, element };
}
