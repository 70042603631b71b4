import { DYNAMIC, STRING, type Type } from '../../../model/type.js';
import type { UnknownValue } from '../../../model/value.js';
import { mergeReferences, unknownValue } from '../../../model/values.js';
import type { Assumption } from './assumption.js';
import type { Cause, Formula, Logic } from './formula.js';
import {
  type Branch,
  type ChoiceTerm,
  isSensitive,
  leavesOf,
  maxLeaves,
  mayBeAbsent,
  originOf,
  type PlainTerm,
  referencesOf,
  signatureOf,
  type Term,
} from './term.js';

/** How a choice is named and explained. */
export interface ChoiceSubject {
  readonly cause: Cause;
  readonly label: string;
}

/**
 * One term for several guarded ones: equal ones are merged, a single one is itself. The guards exclude each other, and one
 * of them holds.
 */
export function makeChoice(branches: readonly Branch[], subject: ChoiceSubject, logic: Logic): Term {
  const merged = mergeEqual(branches, logic);
  const [only] = merged;
  if (merged.length === 1 && only !== undefined) return only.term;
  let leaves = 0;
  for (const { term } of merged) leaves += term.kind === 'choice' ? term.leaves : 1;
  return { kind: 'choice', branches: merged, cause: subject.cause, label: subject.label, leaves };
}

function mergeEqual(branches: readonly Branch[], logic: Logic): readonly Branch[] {
  const bySignature = new Map<string, { readonly guards: Formula[]; term: Term }>();
  const groups: { readonly guards: Formula[]; term: Term }[] = [];
  for (const { guard, term } of branches) {
    const signature = signatureOf(term);
    const same = signature === undefined ? undefined : bySignature.get(signature);
    if (same !== undefined) {
      same.guards.push(guard);
      same.term = mergeTwo(same.term, term);
      continue;
    }
    const group = { guards: [guard], term };
    if (signature !== undefined) bySignature.set(signature, group);
    groups.push(group);
  }
  if (groups.length === branches.length) return branches;
  return groups.map(({ guards, term }) => ({ guard: logic.any(guards), term }));
}

/** Two equal terms as one: it refers to what either refers to, and is secret where one is. */
function mergeTwo(a: Term, b: Term): Term {
  if (a.kind === 'choice' || a.kind === 'absent' || a.kind === 'sequence' || a.kind === 'mapping') return a;
  const refersTo = mergeReferences(referencesOf(a), referencesOf(b));
  const sensitive = isSensitive(a) || isSensitive(b) ? true : undefined;
  return refersTo === a.refersTo && sensitive === a.sensitive ? a : { ...a, refersTo, sensitive };
}

/** The branches of a choice that can be under an assumption, each with what is assumed in it. */
export function feasible(
  { branches }: ChoiceTerm,
  assumption: Assumption,
): { readonly guard: Formula; readonly term: Term; readonly assumption: Assumption }[] {
  const possible: { guard: Formula; term: Term; assumption: Assumption }[] = [];
  for (const { guard, term } of branches) {
    const inner = assumption.assume(guard);
    if (inner !== undefined) possible.push({ guard, term, assumption: inner });
  }
  return possible;
}

/** The term without what cannot be under the assumption. */
export function restrict(term: Term, assumption: Assumption): Term {
  if (term.kind !== 'choice') return term;
  const possible = feasible(term, assumption);
  const [only] = possible;
  if (only !== undefined && possible.length === 1) return restrict(only.term, only.assumption);
  const branches = possible.map(({ guard, term: inner, assumption: own }) => ({ guard, term: restrict(inner, own) }));
  return makeChoice(branches, term, assumption.logic);
}

/**
 * What a function gives for arguments that may be choices: applied to every combination that can be, choices with the same
 * key walked together. With too many combinations the choices are taken as unknowns.
 */
export function lift(
  terms: readonly Term[],
  assumption: Assumption,
  apply: (plain: readonly PlainTerm[], assumption: Assumption) => Term,
): Term {
  if (terms.every(isPlain)) return apply(terms, assumption);
  const budget = { left: maxLeaves * 4 };
  const result = walk(terms, assumption, { apply, budget });
  if (budget.left >= 0 && (result.kind !== 'choice' || result.leaves <= maxLeaves)) return result;
  return apply(
    terms.map((term) => (term.kind === 'choice' ? blur(restrict(term, assumption)) : term)),
    assumption,
  );
}

interface Walk {
  readonly apply: (plain: readonly PlainTerm[], assumption: Assumption) => Term;
  readonly budget: { left: number };
}

function walk(terms: readonly Term[], assumption: Assumption, context: Walk): Term {
  const at = terms.findIndex((term) => term.kind === 'choice');
  const choice = terms[at];
  if (choice?.kind !== 'choice') {
    context.budget.left--;
    return context.budget.left < 0 ? unknownValue('limit-reached') : context.apply(terms.filter(isPlain), assumption);
  }
  const possible = feasible(choice, assumption);
  const branches: Branch[] = [];
  for (const { guard, term, assumption: inner } of possible) {
    if (context.budget.left < 0) break;
    branches.push({ guard, term: walk(terms.with(at, term), inner, context) });
  }
  // Nothing can be here: what is asked for is never evaluated.
  if (branches.length === 0) return unknownValue('invalid-expression');
  return makeChoice(branches, choice, assumption.logic);
}

function isPlain(term: Term): term is PlainTerm {
  return term.kind !== 'choice';
}

/** A choice as an unknown, with what its leaves have in common. */
export function blur(term: Term): PlainTerm {
  if (term.kind !== 'choice') return term;
  const leaves = leavesOf(term);
  const values = leaves.filter((leaf) => leaf.kind !== 'absent');
  const type = commonType(values);
  const isText = type === STRING;
  return unknownValue(term.cause.reason, {
    subject: term.cause.subject,
    type,
    notNull: leaves.every((leaf) => leaf.kind !== 'null' && leaf.kind !== 'unknown' && leaf.kind !== 'absent')
      ? true
      : undefined,
    parts: isText && values.length === leaves.length ? commonParts(term, values) : undefined,
    alternatives: mayBeAbsent(term)
      ? [{ kind: 'absent' }, unknownValue(term.cause.reason, { subject: term.cause.subject, type })]
      : undefined,
    sensitive: isSensitive(term) ? true : undefined,
    refersTo: referencesOf(term),
    origin: originOf(term),
  });
}

function commonType(leaves: readonly PlainTerm[]): Type {
  const types = new Set(leaves.map(typeOfLeaf));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : DYNAMIC;
}

const LIST: Type = { kind: 'list', element: DYNAMIC };
const MAP: Type = { kind: 'map', element: DYNAMIC };
const NUMBER: Type = { kind: 'number' };
const BOOL: Type = { kind: 'bool' };

function typeOfLeaf(leaf: PlainTerm): Type {
  switch (leaf.kind) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'bool':
      return BOOL;
    case 'sequence':
      return LIST;
    case 'mapping':
      return MAP;
    case 'unknown':
      return leaf.type.kind === 'string' ? STRING : leaf.type;
    default:
      return DYNAMIC;
  }
}

/** A character, or a part that is not known. */
type Piece = string | UnknownValue;

/** The beginning and the end that all texts share, around what differs. */
function commonParts(term: ChoiceTerm, leaves: readonly PlainTerm[]): UnknownValue['parts'] {
  const texts: (readonly Piece[])[] = [];
  for (const leaf of leaves) {
    const pieces = piecesOf(leaf);
    if (pieces === undefined) return undefined;
    texts.push(pieces);
  }
  const [first = []] = texts;
  let start = first.length;
  for (const text of texts) start = sharedStart(first, text, start);
  let end = first.length - start;
  for (const text of texts) end = sharedEnd(first, text, Math.min(end, text.length - start));
  if (start === 0 && end === 0) return undefined;
  const { reason, subject } = term.cause;
  const middles = texts.map((text) => joinPieces(text.slice(start, text.length - end)));
  const identity = identityOfChoice(term, middles);
  const inner = unknownValue(reason, { subject, type: STRING, notNull: true, identity });
  return joinPieces([...first.slice(0, start), inner, ...first.slice(first.length - end)]);
}

function piecesOf(leaf: PlainTerm): readonly Piece[] | undefined {
  if (leaf.kind === 'string') return leaf.value.split('');
  return leaf.kind === 'unknown' ? leaf.parts?.flatMap(piecesOfPart) : undefined;
}

function piecesOfPart(part: string | UnknownValue): readonly Piece[] {
  return typeof part === 'string' ? part.split('') : (part.parts?.flatMap(piecesOfPart) ?? [part]);
}

function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

/** Names what differs by when it is what: another choice with the same guards and texts is the same text. */
function identityOfChoice(term: ChoiceTerm, middles: readonly (readonly Piece[])[]): string {
  const guards = guardsOf(term);
  const cases = middles.map((middle, index) => {
    const texts = middle.map((part) => (typeof part === 'string' ? part : part.identity));
    return texts.includes(undefined) ? undefined : `${guards[index]}→${JSON.stringify(texts)}`;
  });
  const identity = cases.join('|');
  return cases.includes(undefined) || identity.length > maxIdentity ? `choice ${unnamed++}` : identity;
}

/** SAFETY: longer ones are numbered instead, and equal none other. */
const maxIdentity = 4096;
let unnamed = 0;

/** The guards of the leaves of a choice, in their order. */
function guardsOf(term: Term): string[] {
  if (term.kind !== 'choice') return [''];
  return term.branches.flatMap(({ guard, term: inner }) => {
    const own = guardText(guard);
    return guardsOf(inner).map((one) => `${own}&${one}`);
  });
}

function guardText(guard: Formula): string {
  switch (guard.kind) {
    case 'constant':
      return String(guard.value);
    case 'is':
      return `${JSON.stringify(guard.variable.id)}${guard.isNegated ? '≠' : '='}${JSON.stringify(guard.text)}`;
    default:
      return `${guard.kind}(${guard.of.map(guardText).sort().join(',')})`;
  }
}

function sharedStart(a: readonly Piece[], b: readonly Piece[], most: number): number {
  const limit = Math.min(a.length, b.length, most);
  let count = 0;
  while (count < limit && isSamePiece(a[count], b[count])) count++;
  return count;
}

function sharedEnd(a: readonly Piece[], b: readonly Piece[], most: number): number {
  const limit = Math.min(a.length, b.length, most);
  let count = 0;
  while (count < limit && isSamePiece(a[a.length - 1 - count], b[b.length - 1 - count])) count++;
  return count;
}

function isSamePiece(some: Piece | undefined, other: Piece | undefined): boolean {
  if (some === other) return true;
  if (typeof some !== 'object' || typeof other !== 'object') return false;
  return some.identity !== undefined && some.identity === other.identity;
}

/** The branches of two-way decision: the formula holds, or it does not. */
export function decideBetween(
  formula: Formula,
  assumption: Assumption,
  subject: ChoiceSubject,
  branch: (isTrue: boolean, assumption: Assumption) => Term,
): Term {
  const { logic } = assumption;
  const decided = assumption.decide(formula);
  const whenTrue = decided === false ? undefined : assumption.assume(formula);
  const whenFalse = decided === true ? undefined : assumption.assume(logic.not(formula));
  if (whenTrue === undefined || decided === true) return branch(decided === true, whenTrue ?? whenFalse ?? assumption);
  if (whenFalse === undefined) return branch(true, whenTrue);
  return makeChoice(
    [
      { guard: formula, term: branch(true, whenTrue) },
      { guard: logic.not(formula), term: branch(false, whenFalse) },
    ],
    subject,
    logic,
  );
}
