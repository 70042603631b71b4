import { STRING } from '../../../model/type.js';
import type { Origin, UnknownValue } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { invalidExpression, isScalar, isSensitive, type PlainTerm, textOf, unknownOf } from './term.js';

/** SAFETY: longer texts are not made. */
const maxTextLength = 4_000_000;

/**
 * Texts one after the other: a string, or an unknown string with its known parts. What is no text makes the whole invalid;
 * a single unknown is itself.
 */
export function concatTexts(terms: readonly PlainTerm[], origin: Origin | undefined): PlainTerm {
  const parts = joinParts(terms);
  const sensitive = terms.some(isSensitive) ? true : undefined;
  if (parts === undefined) return invalidExpression(origin);
  if (parts === 'too-long') return unknownValue('limit-reached', { type: STRING, notNull: true, origin, sensitive });
  const [only] = parts;
  const from = sourceOf(terms);
  const placed = origin === undefined || from === undefined ? origin : { ...origin, from };
  if (only === undefined || (parts.length === 1 && typeof only === 'string')) {
    const text = stringValue(only ?? '', placed);
    return sensitive === undefined ? text : { ...text, sensitive };
  }
  if (parts.length === 1 && typeof only !== 'string')
    return { ...only, type: STRING, notNull: true, origin: placed, sensitive };
  return unknownOf(
    parts.filter((part) => typeof part !== 'string'),
    { type: STRING, notNull: true, parts, origin: placed, sensitive },
  );
}

/** A single text leads on to where it came from; of several it is said that one was assumed. */
function sourceOf(terms: readonly PlainTerm[]): Origin | undefined {
  const filled = terms.filter((term) => term.kind !== 'string' || term.value !== '');
  if (filled.length === 1) return filled[0]?.origin;
  return terms.find((term) => term.origin?.step === 'assumed-default')?.origin;
}

/** Neighbouring known parts in one; undefined where something is no text. */
export function joinParts(terms: readonly PlainTerm[]): (string | UnknownValue)[] | 'too-long' | undefined {
  const parts: (string | UnknownValue)[] = [];
  let known: string[] = [];
  let length = 0;
  const flush = () => {
    if (known.length > 0) parts.push(known.join(''));
    known = [];
  };
  const push = (text: string) => {
    if (text === '') return;
    known.push(text);
    length += text.length;
  };
  for (const term of terms) {
    if (isScalar(term)) {
      const text = textOf(term);
      if (text === undefined) return undefined;
      push(text);
    } else if (term.kind === 'unknown') {
      for (const part of term.parts ?? [term]) {
        if (typeof part === 'string') push(part);
        else {
          flush();
          parts.push(part);
        }
      }
    } else return undefined;
    if (length > maxTextLength) return 'too-long';
  }
  flush();
  return parts;
}

/** The parts of a text, one after the other. Undefined for what is no text. */
export function partsOf(term: PlainTerm): readonly (string | UnknownValue)[] | undefined {
  if (term.kind === 'unknown') return term.parts ?? [term];
  const text = isScalar(term) ? textOf(term) : undefined;
  return text === undefined ? undefined : text === '' ? [] : [text];
}

/** What is known of the beginning of a text. */
export function knownStart(term: PlainTerm): string {
  const first = partsOf(term)?.[0];
  return typeof first === 'string' ? first : '';
}

/** What is known of the end of a text. */
export function knownEnd(term: PlainTerm): string {
  const last = partsOf(term)?.at(-1);
  return typeof last === 'string' ? last : '';
}

/** Whether what is known of two texts, of which one at least is unknown, excludes that they are equal. */
export function cannotBeEqual(a: PlainTerm, b: PlainTerm): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined) return false;
  const [startA, startB] = [knownStart(a), knownStart(b)];
  const start = Math.min(startA.length, startB.length);
  if (startA.slice(0, start) !== startB.slice(0, start)) return true;
  const [endA, endB] = [knownEnd(a), knownEnd(b)];
  const end = Math.min(endA.length, endB.length);
  if (end > 0 && endA.slice(-end) !== endB.slice(-end)) return true;
  return isTooShort(left, right) || isTooShort(right, left);
}

/** Whether a text that is known has fewer characters than the other has at least. */
function isTooShort(known: readonly (string | UnknownValue)[], other: readonly (string | UnknownValue)[]): boolean {
  if (known.some((part) => typeof part !== 'string')) return false;
  return lengthOf(known) < lengthOf(other);
}

function lengthOf(parts: readonly (string | UnknownValue)[]): number {
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}
