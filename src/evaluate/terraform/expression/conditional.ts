import { BOOL, DYNAMIC, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import type { ConditionalExpression } from '../../../syntax/hcl/ast.js';
import { convertValue } from '../values/convert.js';
import { typeName, typesEqual, unifyValueTypes } from '../values/types.js';
import { markSensitive, unknownFrom } from '../values/unknown.js';
import { eitherOf } from './alternatives.js';
import type { Evaluator } from './context.js';

/**
 * `c ? a : b`. Both sides are converted to one type, whichever is chosen. Of an undecided condition the result is one of
 * both, and what is wrong with one of them is not reported, for it may not be chosen.
 */
export function evaluateConditional(expression: ConditionalExpression, evaluator: Evaluator): Value {
  const written = evaluator.evaluate(expression.condition);
  const condition = toCondition(written, expression, evaluator);
  if (condition === undefined) return errorOf(expression, evaluator);
  const isSensitive = written.sensitive === true;
  if (condition.kind === 'bool') {
    const [chosen, other] = condition.value ? [expression.then, expression.else] : [expression.else, expression.then];
    const value = evaluator.evaluate(chosen);
    const aside = evaluator.aside();
    const unchosen = aside.evaluate(other);
    if (aside.observations.failed) return markSensitive(decidedBy(written, value, expression, evaluator), isSensitive);
    if (!evaluator.mayWalk(value, unchosen)) return evaluator.overSteps(expression);
    // Terraform marks the result by both sides.
    const isMarked = isSensitive || unchosen.sensitive;
    const type = commonType(value, unchosen);
    const { mayFail } = aside.observations;
    if (type === undefined && !mayFail) return inconsistent(expression, [value, unchosen], evaluator);
    // An error in the side that is not chosen leaves the type of the other as it is.
    if (type === undefined || (unchosen.kind === 'unknown' && unchosen.type.kind === 'dynamic')) evaluator.doubt();
    const result = type === undefined ? value : inType(value, type, mayFail);
    return markSensitive(decidedBy(written, result, expression, evaluator), isMarked);
  }
  const sides = [evaluator.aside(), evaluator.aside()] as const;
  const then = sides[0].evaluate(expression.then);
  const otherwise = sides[1].evaluate(expression.else);
  const possible: Value[] = [];
  if (!sides[0].observations.failed) possible.push(then);
  if (!sides[1].observations.failed) possible.push(otherwise);
  if (sides.some(({ observations }) => observations.failed || observations.mayFail)) evaluator.doubt();
  if (possible.length < 2) return withOneSide(possible, condition, expression, evaluator);
  if (!evaluator.mayWalk(then, otherwise)) return evaluator.overSteps(expression);
  const type = commonType(then, otherwise);
  // The type of a side that turns out to be an error does not matter.
  const isDoubtful = sides.some(({ observations }) => observations.mayFail);
  if (type === undefined && !isDoubtful) return inconsistent(expression, [then, otherwise], evaluator);
  const candidates =
    type === undefined
      ? [then, otherwise]
      : [inType(then, type, sides[1].observations.mayFail), inType(otherwise, type, sides[0].observations.mayFail)];
  const result = eitherOf(candidates, condition);
  const isNew = result.kind === 'unknown' || result.kind === 'list' || result.kind === 'object';
  return markSensitive(isNew ? evaluator.computed(result, expression, [written]) : result, isSensitive);
}

/** A literal that a condition chose is set where the condition is: there it is changed. */
function decidedBy(condition: Value, chosen: Value, expression: ConditionalExpression, evaluator: Evaluator): Value {
  const { origin } = chosen;
  const isLiteral = origin === undefined || (origin.step === 'written' && origin.from === undefined);
  const isDecidedElsewhere =
    condition.origin !== undefined && (condition.origin.step !== 'written' || condition.origin.from !== undefined);
  return isLiteral && isDecidedElsewhere ? evaluator.computed(chosen, expression, [condition]) : chosen;
}

function toCondition(value: Value, { condition }: ConditionalExpression, evaluator: Evaluator): Value | undefined {
  if (value.kind === 'null') {
    evaluator.fail(condition, 'The condition is null.');
    return undefined;
  }
  const converted = convertValue(value, BOOL);
  if (converted.ok) {
    evaluator.doubtConversion(value, BOOL);
    return converted.value;
  }
  evaluator.fail(condition, 'The condition is not suitable: a bool is required.');
  return undefined;
}

/** One side is an error: the value is the other side, or there is none. */
function withOneSide(
  possible: readonly Value[],
  condition: Value,
  expression: ConditionalExpression,
  evaluator: Evaluator,
): Value {
  const [only] = possible;
  const type = only === undefined ? DYNAMIC : typeOf(only);
  const alternatives = only === undefined ? undefined : [only];
  return evaluator.computed(unknownFrom([condition, ...possible], type, { alternatives }), expression, [condition]);
}

/** The type that both sides take; a null without a type takes that of the other. */
function commonType(a: Value, b: Value): Type | undefined {
  if (a.kind === 'null' && a.type === undefined) return typeOf(b);
  if (b.kind === 'null' && b.type === undefined) return typeOf(a);
  return unifyValueTypes([a, b]);
}

function inType(value: Value, type: Type, isUncertain: boolean): Value {
  const converted = convertValue(value, type);
  const result = converted.ok ? converted.value : value;
  // The other side may be of any type, or an error: which type this one then has is not known.
  const isOpen = type.kind === 'dynamic' || (isUncertain && !typesEqual(typeOf(value), type));
  return isOpen && (result.kind === 'list' || result.kind === 'object') ? { ...result, type: DYNAMIC } : result;
}

function inconsistent(expression: ConditionalExpression, [a, b]: readonly [Value, Value], evaluator: Evaluator): Value {
  const names = `${typeName(typeOf(a))} and ${typeName(typeOf(b))}`;
  return evaluator.fail(expression, `Both results of a conditional must have one type; these are ${names}.`);
}

function errorOf(expression: ConditionalExpression, evaluator: Evaluator): Value {
  return { kind: 'unknown', type: DYNAMIC, reason: 'invalid-expression', origin: evaluator.origin(expression) };
}
