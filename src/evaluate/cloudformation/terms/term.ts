import { DYNAMIC } from '../../../model/type.js';
import type {
  BoolValue,
  NullValue,
  NumberValue,
  Origin,
  Reference,
  Rest,
  StringValue,
  UnknownValue,
} from '../../../model/value.js';
import { mergeReferences, unknownValue } from '../../../model/values.js';
import type { Cause, Formula } from './formula.js';

/**
 * What an expression gives before it takes its place in a resource: as a `Value`, but with choices that remember on what
 * they depend, and with "no value".
 */
export type Term = PlainTerm | ChoiceTerm;

/** A term that is no choice itself; what is in it may be. */
export type PlainTerm = Scalar | UnknownValue | SequenceTerm | MappingTerm | AbsentTerm;

export type Scalar = StringValue | NumberTerm | BoolValue | NullValue;

/** A number with its exact decimal text: `Fn::Equals` and texts see that. */
export interface NumberTerm extends NumberValue {
  readonly text: string;
}

/** `AWS::NoValue`. */
export interface AbsentTerm {
  readonly kind: 'absent';
  readonly origin: Origin | undefined;
}

export interface SequenceTerm {
  readonly kind: 'sequence';
  /** None is "no value"; a choice may have it among its branches. */
  readonly items: readonly Term[];
  /** The list is open. */
  readonly rest: Rest | undefined;
  /** Two open lists with equal identities are the same. */
  readonly identity: string | undefined;
  readonly origin: Origin | undefined;
  readonly sensitive: boolean | undefined;
}

export interface MappingTerm {
  readonly kind: 'mapping';
  /** In the order in which they are written; none is "no value", a choice may have it among its branches. */
  readonly entries: ReadonlyMap<string, Term>;
  readonly rest: Rest | undefined;
  readonly origin: Origin | undefined;
  readonly sensitive: boolean | undefined;
}

/** One of several terms: exactly one guard holds. */
export interface ChoiceTerm {
  readonly kind: 'choice';
  readonly branches: readonly Branch[];
  /** What is missing to decide it. */
  readonly cause: Cause;
  /** The name of the condition or parameter that decides it. */
  readonly label: string;
  /** How many terms it has that are no choices. */
  readonly leaves: number;
}

export interface Branch {
  readonly guard: Formula;
  readonly term: Term;
}

/** SAFETY: a choice with more leaves is unknown, with what all of them share. */
export const maxLeaves = 16;

export function numberTerm(text: string, origin?: Origin): NumberTerm {
  return { kind: 'number', value: Number(text), text, origin, sensitive: undefined, refersTo: undefined };
}

export function absentTerm(origin?: Origin): AbsentTerm {
  return { kind: 'absent', origin };
}

export function sequenceTerm(items: readonly Term[], origin?: Origin, rest?: Rest, identity?: string): SequenceTerm {
  return { kind: 'sequence', items, rest, identity, origin, sensitive: undefined };
}

export function mappingTerm(entries: ReadonlyMap<string, Term>, origin?: Origin, rest?: Rest): MappingTerm {
  return { kind: 'mapping', entries, rest, origin, sensitive: undefined };
}

export function invalidExpression(origin?: Origin, subject?: string): UnknownValue {
  return unknownValue('invalid-expression', { origin, subject });
}

/** A scalar as text, as comparisons and texts see it. Undefined for null. */
export function textOf(term: Scalar): string | undefined {
  switch (term.kind) {
    case 'string':
      return term.value;
    case 'number':
      return term.text;
    case 'bool':
      return String(term.value);
    case 'null':
      return undefined;
  }
}

export function isScalar(term: Term): term is Scalar {
  return term.kind === 'string' || term.kind === 'number' || term.kind === 'bool' || term.kind === 'null';
}

/** The leaves of a term, in order. */
export function leavesOf(term: Term): PlainTerm[] {
  return term.kind === 'choice' ? term.branches.flatMap((branch) => leavesOf(branch.term)) : [term];
}

/** Whether the term may turn out to be no value. */
export function mayBeAbsent(term: Term): boolean {
  if (term.kind === 'choice') return term.branches.some((branch) => mayBeAbsent(branch.term));
  if (term.kind === 'unknown') return term.alternatives?.some(({ kind }) => kind === 'absent') === true;
  return term.kind === 'absent';
}

export function originOf(term: Term): Origin | undefined {
  return term.kind === 'choice'
    ? leavesOf(term)
        .map(originOf)
        .find((origin) => origin !== undefined)
    : term.origin;
}

export function isSensitive(term: Term): boolean {
  if (term.kind === 'choice') return term.branches.some((branch) => isSensitive(branch.term));
  return term.kind !== 'absent' && term.sensitive === true;
}

/** What the term as a whole refers to. */
export function referencesOf(term: Term): readonly Reference[] | undefined {
  if (term.kind === 'choice') return mergeReferences(...leavesOf(term).map(referencesOf));
  return 'refersTo' in term ? term.refersTo : undefined;
}

/** The term with every scalar and list in it changed alike; what is in a mapping too. */
export function mapTerm(term: Term, change: (term: PlainTerm) => PlainTerm): Term {
  switch (term.kind) {
    case 'choice': {
      const branches = term.branches.map(({ guard, term: inner }) => ({ guard, term: mapTerm(inner, change) }));
      return { ...term, branches };
    }
    case 'sequence':
      return change({ ...term, items: term.items.map((item) => mapTerm(item, change)) });
    case 'mapping': {
      const entries = new Map<string, Term>();
      for (const [key, entry] of term.entries) entries.set(key, mapTerm(entry, change));
      return change({ ...term, entries });
    }
    default:
      return change(term);
  }
}

/** The term as seen after one more step, whose origin leads to where it came from. */
export function throughStep(term: Term, { file, start, end, step, name }: Origin): Term {
  return mapTerm(term, (one) => ({ ...one, origin: { file, start, end, step, name, from: one.origin } }));
}

export function markSensitive(term: Term): Term {
  return mapTerm(term, (one) => (one.kind === 'absent' ? one : { ...one, sensitive: true }));
}

/**
 * A text that two terms share only if they are equal; undefined where it cannot be told. Equal unknowns have equal
 * identities.
 */
export function signatureOf(term: Term): string | undefined {
  switch (term.kind) {
    case 'absent':
      return '-';
    case 'null':
      return '0';
    case 'string':
    case 'number':
    case 'bool':
      return `${term.kind[0]}${JSON.stringify(textOf(term))}`;
    case 'unknown':
      return signatureOfUnknown(term);
    case 'sequence':
      return signatureOfSequence(term);
    case 'mapping': {
      if (term.rest !== undefined) return undefined;
      const entries = [...term.entries].map(([key, entry]) => [key, signatureOf(entry)] as const);
      if (entries.some(([, signature]) => signature === undefined)) return undefined;
      return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => `${JSON.stringify(key)}:${one}`)}}`;
    }
    case 'choice':
      return undefined;
  }
}

function signatureOfUnknown({ identity, parts }: UnknownValue): string | undefined {
  if (identity !== undefined) return `u${JSON.stringify(identity)}`;
  if (parts === undefined) return undefined;
  const signatures = parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : signatureOf(part)));
  return signatures.includes(undefined) ? undefined : `p(${signatures.join(',')})`;
}

function signatureOfSequence({ items, rest, identity }: SequenceTerm): string | undefined {
  if (rest !== undefined && identity === undefined) return undefined;
  const signatures = items.map(signatureOf);
  return signatures.includes(undefined)
    ? undefined
    : `[${signatures.join(',')}${rest === undefined ? '' : `|${JSON.stringify(identity)}`}]`;
}

/** The identity of what a function gives for these arguments: equal arguments give equal results. */
export function identityOfCall(name: string, args: readonly Term[]): string | undefined {
  const signatures = args.map(signatureOf);
  return signatures.includes(undefined) ? undefined : `${name}(${signatures.join(',')})`;
}

/** The unknown that comes of the terms: why it is unknown, and whether it is secret. */
export function unknownOf(
  terms: readonly Term[],
  details: Partial<Omit<UnknownValue, 'kind' | 'reason'>>,
): UnknownValue {
  const cause = terms.map(causeOfTerm).find((found) => found !== undefined);
  return unknownValue(cause?.reason ?? 'invalid-expression', {
    subject: cause?.subject,
    sensitive: terms.some(isSensitive) ? true : undefined,
    type: DYNAMIC,
    ...details,
  });
}

/** Why the term is not wholly known. */
export function causeOfTerm(term: Term): Cause | undefined {
  switch (term.kind) {
    case 'choice':
      return term.cause;
    case 'unknown':
      return term;
    case 'sequence':
      return firstCause(term.items) ?? term.rest;
    case 'mapping':
      return firstCause(term.entries.values()) ?? term.rest;
    default:
      return undefined;
  }
}

function firstCause(terms: Iterable<Term>): Cause | undefined {
  for (const term of terms) {
    const cause = causeOfTerm(term);
    if (cause !== undefined) return cause;
  }
  return undefined;
}
