import type { Assumption } from '../terms/assumption.js';
import { feasible } from '../terms/choice.js';
import { type Cause, FALSE, type Formula, TRUE } from '../terms/formula.js';
import { causeOfTerm, isScalar, type PlainTerm, signatureOf, type Term, textOf } from '../terms/term.js';
import { cannotBeEqual, partsOf } from '../terms/text.js';

/** SAFETY: how many pairs of leaves one comparison looks at. */
const maxPairs = 256;

/**
 * When two terms are equal, as `Fn::Equals` compares: as text after conversion, with regard to case. `place` names the
 * comparison where nothing else tells what it depends on.
 */
export function equalityOf(a: Term, b: Term, assumption: Assumption, place: string): Formula {
  const budget = { left: maxPairs };
  const formula = compare(a, b, assumption, { place, budget });
  if (budget.left >= 0) return formula;
  return opaque(place, causeOfTerm(a) ?? causeOfTerm(b) ?? { reason: 'limit-reached' }, assumption);
}

interface Comparing {
  readonly place: string;
  readonly budget: { left: number };
}

function compare(a: Term, b: Term, assumption: Assumption, comparing: Comparing): Formula {
  if (a.kind === 'choice' || b.kind === 'choice') {
    const choice = a.kind === 'choice' ? a : b;
    const cases: Formula[] = [];
    if (choice.kind !== 'choice') return FALSE;
    for (const { guard, term, assumption: inner } of feasible(choice, assumption)) {
      if (comparing.budget.left < 0) return FALSE;
      const equal = a === choice ? compare(term, b, inner, comparing) : compare(a, term, inner, comparing);
      cases.push(assumption.logic.all([guard, equal]));
    }
    return assumption.logic.any(cases);
  }
  comparing.budget.left--;
  return comparePlain(a, b, assumption, comparing.place);
}

function comparePlain(a: PlainTerm, b: PlainTerm, assumption: Assumption, place: string): Formula {
  if (isScalar(a) && isScalar(b)) {
    const [left, right] = [textOf(a), textOf(b)];
    // Null is refused: what it would be is not known.
    if (left === undefined || right === undefined) return opaque(place, { reason: 'invalid-expression' }, assumption);
    return left === right ? TRUE : FALSE;
  }
  const [left, right] = [signatureOf(a), signatureOf(b)];
  if (left !== undefined && left === right) return TRUE;
  const cause = causeOfTerm(a) ?? causeOfTerm(b) ?? { reason: 'invalid-expression' };
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    if (cannotBeEqual(a, b)) return FALSE;
    const formula = compareWithText(a, b, assumption) ?? compareWithText(b, a, assumption);
    if (formula !== undefined) return formula;
  }
  if (left === undefined || right === undefined) return opaque(place, cause, assumption);
  return opaque(`${[left, right].sort().join('=')}`, cause, assumption);
}

/** An unknown, or a text with one unknown part, compared with a known text. */
function compareWithText(a: PlainTerm, b: PlainTerm, assumption: Assumption): Formula | undefined {
  if (a.kind !== 'unknown' || !isScalar(b)) return undefined;
  const text = textOf(b);
  const parts = partsOf(a) ?? [];
  const unknowns = parts.filter((part) => typeof part !== 'string');
  const [part] = unknowns;
  if (text === undefined || unknowns.length !== 1 || part?.identity === undefined) return undefined;
  const at = parts.indexOf(part);
  const before = parts.slice(0, at).join('');
  const after = parts.slice(at + 1).join('');
  const { logic } = assumption;
  const variable = logic.variable(part.identity, { reason: part.reason, subject: part.subject });
  return logic.is(variable, text.slice(before.length, text.length - after.length));
}

/** Something that is true or false, and nothing more is known of it. */
export function opaque(id: string, cause: Cause, { logic }: Assumption): Formula {
  return logic.is(logic.variable(`?${id}`, cause), 'true');
}
