import type { Evaluation } from '../findings/evaluation.js';
import type { CompiledPolicy } from './compile-policy.js';
import { describeOutcome } from './describe-outcome.js';
import type { BoundElement, Judgement } from './judgement.js';
import { visitsOf } from './language/collection.js';
import { toBoolError } from './language/comprehension.js';
import type { EvaluationContext, Frame } from './language/frame.js';
import { causesOf, type ErrorValue, type RuntimeValue, TRUE, typeName, unknownFrom } from './language/runtime-value.js';

/** Judges one resource by one policy and appends the evaluations. */
export function judgeResource(compiled: CompiledPolicy, context: EvaluationContext, into: Evaluation[]): void {
  const frame: Frame = { slots: new Array(compiled.slotCount).fill(undefined), context };
  context.touched.length = 0;
  context.touched.push(context.resource);
  frame.slots[compiled.resourceSlot] = { kind: 'resource', resource: context.resource };
  if (compiled.each.length === 0) {
    into.push(describeOutcome(compiled, frame, withLimit(frame, judge(compiled, frame, undefined)), undefined));
    return;
  }
  const before = into.length;
  visitElements(compiled, frame, (element, problem) => {
    const judgement = problem === undefined ? judge(compiled, frame, element) : fromProblem(problem);
    into.push(describeOutcome(compiled, frame, withLimit(frame, settle(context, judgement)), element));
  });
  if (into.length === before) {
    into.push(describeOutcome(compiled, frame, { outcome: 'pass', when: TRUE, assert: TRUE, causes: [] }, undefined));
  }
}

type ElementVisitor = (element: BoundElement | undefined, problem: RuntimeValue | undefined) => void;

/** Calls back for every element of the nested lists of `each`, its names bound in the frame. */
export function visitElements(compiled: CompiledPolicy, frame: Frame, visit: ElementVisitor): void {
  const descend = (level: number, bound: BoundElement): void => {
    const each = compiled.each[level];
    if (each === undefined) {
      for (const slot of compiled.elementSlots) frame.slots[slot] = undefined;
      visit(bound, undefined);
      return;
    }
    const range = each.evaluate(frame);
    if (range.kind === 'unknown' || range.kind === 'error') {
      visitProblem(level, range);
      return;
    }
    const collection = visitsOf(range, false);
    if (collection === undefined) {
      visitProblem(level, toBoolErrorOf(range));
      return;
    }
    for (const element of collection.visits) {
      frame.slots[each.slot] = element.value;
      for (const slot of compiled.elementSlots) frame.slots[slot] = undefined;
      const isCertain = element.existence === 'once';
      descend(level + 1, {
        values: [...bound.values, element.value],
        indexes: [...bound.indexes, element.index],
        doubt: isCertain ? bound.doubt : [...bound.doubt, ...collection.doubt],
        isCertain: bound.isCertain && isCertain,
      });
    }
    if (collection.open !== undefined) visitProblem(level, unknownFrom([collection.open]));
  };
  // A message may name the element that is not known, and must not name one that was judged before it.
  const visitProblem = (level: number, problem: RuntimeValue): void => {
    const element = problem.kind === 'unknown' ? problem : unknownFrom([]);
    for (const { slot } of compiled.each.slice(level)) frame.slots[slot] = element;
    for (const slot of compiled.elementSlots) frame.slots[slot] = undefined;
    visit(undefined, problem);
  };
  descend(0, { values: [], indexes: [], doubt: [], isCertain: true });
}

function toBoolErrorOf(range: RuntimeValue): ErrorValue {
  return { kind: 'error', category: 'policy-error', message: `"each" needs a list, not ${typeName(range)}.` };
}

function fromProblem(problem: RuntimeValue): Judgement {
  if (problem.kind === 'error') {
    return { outcome: 'unknown', when: TRUE, assert: problem, causes: [], error: problem, isOpen: true };
  }
  const causes = problem.kind === 'unknown' ? causesOf(problem) : [];
  return { outcome: 'unknown', when: TRUE, assert: problem, causes, isOpen: true };
}

/** `when` false → skip; `assert` true → pass; `when` true and `assert` false → fail; else unknown. */
function judge(compiled: CompiledPolicy, frame: Frame, element: BoundElement | undefined): Judgement {
  const when = compiled.when === undefined ? TRUE : compiled.when(frame);
  if (when.kind === 'bool' && !when.value) return { outcome: 'skip', when, assert: undefined, causes: [] };
  const assert = compiled.assert(frame);
  if (assert.kind === 'bool' && assert.value) return { outcome: 'pass', when, assert, causes: [] };
  if (when.kind === 'bool' && assert.kind === 'bool') {
    if (element === undefined || element.isCertain) return { outcome: 'fail', when, assert, causes: [] };
    return { outcome: 'unknown', when, assert, causes: element.doubt };
  }
  const unknowns = [when, assert].filter((value) => value.kind === 'unknown');
  const failed = [when, assert].find((value) => value.kind !== 'unknown' && value.kind !== 'bool');
  const error = failed === undefined ? undefined : { ...toBoolError(failed), isInWhen: failed === when };
  const causes = unknowns.flatMap((unknown) => causesOf(unknown));
  return settle(frame.context, { outcome: 'unknown', when, assert, causes, error });
}

/** What stopped the evaluation is said, though something else may not be known either. */
function withLimit({ limit }: Frame, judgement: Judgement): Judgement {
  return limit === undefined || judgement.outcome !== 'unknown' ? judgement : { ...judgement, error: limit };
}

/**
 * What only a live account tells is not to be had of code; on what the input only refers to, what is unknown only because
 * it is elsewhere is nobody's finding either.
 */
function settle({ resource }: EvaluationContext, judgement: Judgement): Judgement {
  if (judgement.outcome !== 'unknown' || judgement.error !== undefined || judgement.causes.length === 0)
    return judgement;
  const isElsewhere = judgement.causes.every(
    ({ reason }) => reason === 'only-live' || (reason === 'outside-input' && resource.presence !== 'written'),
  );
  return isElsewhere ? { ...judgement, outcome: 'skip' } : judgement;
}
