import { STRING, type Type } from '../../../model/type.js';
import type { UnknownReason } from '../../../model/unknown-reason.js';
import type { Origin, Reference, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, mergeReferences, stringValue } from '../../../model/values.js';

/** A value that refers to more than this many things refers to nothing in particular. */
const maxReferences = 64;

export function isUnknown(value: Value): value is UnknownValue {
  return value.kind === 'unknown';
}

/** Whether the value is unknown, holds an unknown, or is an open list or map. */
export function containsUnknown(value: Value): boolean {
  return !isWhollyKnown(value);
}

/** Whether the value cannot be null. */
export function isNotNull(value: Value): boolean {
  if (value.kind !== 'unknown') return value.kind !== 'null';
  return value.notNull === true || value.parts !== undefined;
}

/** Whether the value or anything in it is sensitive. */
export function hasSensitive(value: Value): boolean {
  if (value.sensitive === true) return true;
  switch (value.kind) {
    case 'list':
      return (
        value.elements.some(hasSensitive) || (value.rest?.element !== undefined && hasSensitive(value.rest.element))
      );
    case 'object':
      for (const entry of value.entries.values()) if (hasSensitive(entry)) return true;
      return value.rest?.element !== undefined && hasSensitive(value.rest.element);
    case 'unknown':
      return (
        (value.parts?.some((part) => typeof part !== 'string' && hasSensitive(part)) ?? false) ||
        (value.alternatives?.some((one) => one.kind !== 'absent' && hasSensitive(one)) ?? false)
      );
    default:
      return false;
  }
}

/** The value with its own mark set, if a condition is given only where it is true; what is in it is sensitive through it. */
export function markSensitive<T extends Value>(value: T, ...condition: [] | [boolean | undefined]): T {
  const isMarked = condition.length === 0 || condition[0] === true;
  if (!isMarked) return value;
  const marked: T = value.sensitive === true ? value : { ...value, sensitive: true };
  // What is marked as a whole hides all that it is the JSON text of.
  if ((marked.kind !== 'string' && marked.kind !== 'unknown') || marked.encoded === undefined) return marked;
  return marked.encoded.sensitive === true ? marked : { ...marked, encoded: markSensitive(marked.encoded) };
}

/** The value without its own mark (`nonsensitive`); marks of what is in it stay. */
export function unmarkSensitive<T extends Value>(value: T): T {
  return value.sensitive === true ? { ...value, sensitive: undefined } : value;
}

/** The value, referring also to what is given. */
export function withReferences<T extends Value>(value: T, references: readonly Reference[] | undefined): T {
  if (references === undefined || references.length === 0 || references === value.refersTo) return value;
  return { ...value, refersTo: mergeReferences(value.refersTo, references) };
}

/** The value as seen after one more step, whose origin leads to where the value came from. */
export function withStep<T extends Value>(value: T, { file, start, end, step, name }: Origin): T {
  return { ...value, origin: { file, start, end, step, name, from: value.origin } };
}

/** All references of a value and what is in it, each once; none where there are too many: some would exclude the others. */
export function referencesIn(value: Value): readonly Reference[] | undefined {
  const lists: (readonly Reference[])[] = [];
  const isWhole = visit(value, (inner) => {
    if (inner.refersTo !== undefined) lists.push(inner.refersTo);
    return lists.length <= maxReferences;
  });
  return isWhole ? mergeReferences(...lists) : undefined;
}

/** Calls for the value and everything in it, depth first, until the answer is false. */
function visit(value: Value, each: (value: Value) => boolean): boolean {
  if (!each(value)) return false;
  switch (value.kind) {
    case 'list':
      if (!value.elements.every((element) => visit(element, each))) return false;
      return value.rest?.element === undefined || visit(value.rest.element, each);
    case 'object':
      for (const entry of value.entries.values()) if (!visit(entry, each)) return false;
      return value.rest?.element === undefined || visit(value.rest.element, each);
    case 'unknown':
      return value.parts?.every((part) => typeof part === 'string' || visit(part, each)) ?? true;
    default:
      return true;
  }
}

interface Cause {
  readonly reason: UnknownReason;
  readonly subject?: string | undefined;
  readonly origin?: Origin | undefined;
}

/** Why the value is not wholly known: the first unknown in it, or why it is open. */
export function causeOf(value: Value): Cause | undefined {
  switch (value.kind) {
    case 'unknown':
      return { reason: value.reason, subject: value.subject, origin: value.origin };
    case 'list':
      return value.existenceCause ?? causeAmong(value.elements) ?? value.rest;
    case 'object':
      return causeAmong(value.entries.values()) ?? value.rest;
    default:
      return undefined;
  }
}

function causeAmong(values: Iterable<Value>): Cause | undefined {
  for (const value of values) {
    const cause = causeOf(value);
    if (cause !== undefined) return cause;
  }
  return undefined;
}

/**
 * The unknown that comes of these values: reason and subject of the first unknown among or in them, references of all,
 * sensitive where one is as a whole: what is sensitive in one stays a part. `details` say what is known of it, and take
 * precedence.
 */
export function unknownFrom(
  values: readonly Value[],
  type: Type,
  details: Partial<Omit<UnknownValue, 'kind' | 'type'>> = {},
): UnknownValue {
  const cause = causeAmong(values) ?? values.map(existenceCause).find((found) => found !== undefined);
  return {
    kind: 'unknown',
    type,
    reason: cause?.reason ?? 'uncertain-existence',
    subject: cause?.subject,
    refersTo: mergeReferences(...values.map(referencesIn)),
    sensitive: values.some((value) => value.sensitive === true) ? true : undefined,
    ...details,
  };
}

function existenceCause(value: Value): Cause | undefined {
  return value.kind === 'list' && value.existence !== undefined ? { reason: 'uncertain-existence' } : undefined;
}

/**
 * Texts one after the other: a string, or an unknown string with its known parts. Each is a string or an unknown. The
 * result does not refer to what a part refers to (`"${bucket.id}-logs"` is not that bucket), the parts do; a single text
 * that is not empty is itself.
 */
export function concatTexts(texts: readonly Value[]): Value {
  return concatKnown(texts) ?? concatSomeUnknown(texts);
}

/** Undefined where one of them is not known. */
function concatKnown(texts: readonly Value[]): Value | undefined {
  let joined = '';
  let only: Value | undefined;
  let filled = 0;
  let isSensitive = false;
  for (const text of texts) {
    if (text.kind !== 'string') return undefined;
    if (text.sensitive === true) isSensitive = true;
    if (text.value === '') continue;
    joined += text.value;
    only = text;
    filled++;
  }
  const result = filled === 1 && only !== undefined ? only : stringValue(joined.normalize('NFC'));
  return markSensitive(result, isSensitive);
}

function concatSomeUnknown(texts: readonly Value[]): Value {
  const filled = texts.filter((text) => text.kind !== 'string' || text.value !== '');
  const isSensitive = texts.some(hasSensitive);
  const parts = joinParts(filled);
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string')
    return markSensitive(stringValue(only.normalize('NFC')), isSensitive);
  const unknown = unknownFrom(filled, STRING, { notNull: true, parts, sensitive: isSensitive ? true : undefined });
  if (parts.length === 1) return { ...unknown, identity: typeof only === 'string' ? undefined : only?.identity };
  return { ...unknown, refersTo: undefined, alternatives: alternativeTexts(filled) };
}

/** All that a text can be of which one part is undecided between known texts. */
function alternativeTexts(texts: readonly Value[]): readonly Value[] | undefined {
  const undecided = texts.filter((text) => text.kind === 'unknown');
  const [single] = undecided;
  if (undecided.length !== 1 || single?.alternatives === undefined) return undefined;
  const alternatives: Value[] = [];
  for (const alternative of single.alternatives) {
    if (alternative.kind !== 'string') return undefined;
    alternatives.push(concatTexts(texts.map((text) => (text === single ? alternative : text))));
  }
  return alternatives;
}

/** Neighbouring known parts in one, parts of parts among the others. */
function joinParts(texts: readonly Value[]): (string | UnknownValue)[] {
  const parts: (string | UnknownValue)[] = [];
  const push = (part: string | UnknownValue) => {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  for (const text of texts) {
    if (text.kind === 'string') push(text.value);
    else if (text.kind === 'unknown') (text.parts ?? [text]).forEach(push);
  }
  return parts;
}

/** What is known of the beginning of a text. */
export function knownPrefix(value: Value): string {
  if (value.kind === 'string') return value.value;
  const first = value.kind === 'unknown' ? value.parts?.[0] : undefined;
  return typeof first === 'string' ? first : '';
}

/** What is known of the end of a text. */
export function knownSuffix(value: Value): string {
  if (value.kind === 'string') return value.value;
  const last = value.kind === 'unknown' ? value.parts?.[value.parts.length - 1] : undefined;
  return typeof last === 'string' ? last : '';
}

/** How many elements a list, map or object has at least and at most; undefined for other values. */
export function lengthRange(value: Value): { readonly min: number; readonly max: number | undefined } | undefined {
  switch (value.kind) {
    case 'list': {
      let min = value.elements.length;
      let isBounded = value.rest === undefined;
      for (const existence of value.existence?.values() ?? []) {
        min--;
        if (existence === 'any-number') isBounded = false;
      }
      return { min, max: isBounded ? value.elements.length : undefined };
    }
    case 'object':
      return { min: value.entries.size, max: value.rest === undefined ? value.entries.size : undefined };
    case 'unknown':
      if (value.type.kind === 'tuple') return exactly(value.type.elements.length);
      if (value.type.kind === 'object') return exactly(value.type.attributes.size);
      if (value.length !== undefined) return { min: value.length.min, max: value.length.max };
      if (value.type.kind === 'list' || value.type.kind === 'set' || value.type.kind === 'map') {
        return { min: 0, max: undefined };
      }
      return undefined;
    default:
      return undefined;
  }
}

function exactly(length: number): { readonly min: number; readonly max: number } {
  return { min: length, max: length };
}
