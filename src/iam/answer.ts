import type { UnknownValue } from '../model/value.js';
import type { Ternary } from './verdict.js';

/** What an answer depends on. */
export type Cause =
  /** A condition key, in lower case, whose value in the request is not known. */
  | { readonly kind: 'key'; readonly name: string }
  /** A construct whose meaning the documentation leaves open, or a part of the input that is not there. */
  | { readonly kind: 'construct'; readonly name: string }
  /** A part of a policy that is not known. */
  | { readonly kind: 'value'; readonly value: UnknownValue };

/** An answer that is not known, with what it depends on. */
export interface Open {
  readonly causes: readonly Cause[];
}

/** Kleene's three values, the third one with its causes. */
export type Answer = boolean | Open;

export function open(...causes: readonly Cause[]): Open {
  return { causes };
}

/** The name under which a cause is listed, once for equal ones. */
export function nameOf(cause: Cause): string {
  if (cause.kind !== 'value') return cause.name;
  const { subject, reason } = cause.value;
  return subject === undefined ? reason : `${subject} (${reason})`;
}

/** True if all are; false if one is; else open, with the causes of those that are. */
export function all(answers: Iterable<Answer>): Answer {
  const causes: Cause[] = [];
  let isOpen = false;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === true) continue;
    isOpen = true;
    causes.push(...answer.causes);
  }
  return isOpen ? { causes } : true;
}

/** True if one is; false if none is; else open, with the causes of those that are. */
export function any(answers: Iterable<Answer>): Answer {
  const causes: Cause[] = [];
  let isOpen = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === false) continue;
    isOpen = true;
    causes.push(...answer.causes);
  }
  return isOpen ? { causes } : false;
}

/** As `all`, of two. */
export function both(some: Answer, other: Answer): Answer {
  if (some === false || other === false) return false;
  if (some === true) return other;
  return other === true ? some : open(...some.causes, ...other.causes);
}

/** As `any`, of two. */
export function either(some: Answer, other: Answer): Answer {
  if (some === true || other === true) return true;
  if (some === false) return other;
  return other === false ? some : open(...some.causes, ...other.causes);
}

export function negate(answer: Answer): Answer {
  return typeof answer === 'boolean' ? !answer : answer;
}

export function toTernary(answer: Answer): Ternary {
  return typeof answer === 'boolean' ? answer : undefined;
}
