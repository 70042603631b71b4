import { BOOL } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { boolValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { CallExpression, Expression } from '../../../syntax/hcl/ast.js';
import { unknownFrom } from '../values/unknown.js';
import { eitherOf } from './alternatives.js';
import { Evaluator, type Observations } from './context.js';

interface Attempt {
  readonly value: Value;
  readonly observations: Observations;
  readonly messages: readonly string[];
}

/** `isQuiet`: of its messages only the number counts, so far. */
function attempt(expression: Expression, evaluator: Evaluator, isQuiet = true): Attempt {
  const messages: string[] = [];
  const report = (diagnostic: Diagnostic) => {
    if (diagnostic.code === 'terraform-unknown-function') evaluator.context.report(diagnostic);
    else messages.push(diagnostic.message);
  };
  const observations = { failed: false, mayFail: false };
  const inner = new Evaluator(
    { ...evaluator.context, report, isQuiet: isQuiet || evaluator.context.isQuiet === true },
    evaluator.dispatch,
    observations,
    evaluator.reportAlways,
  );
  return { value: inner.evaluate(expression), observations, messages };
}

/**
 * The first argument that is no error. One that may turn out to be an error gives an unknown: itself, or what the arguments
 * after it give. One that cannot is the result though it is unknown, as `try(aws_kms_key.k[0].arn, null)` mostly is.
 */
export function evaluateTry(expression: CallExpression, evaluator: Evaluator): Value {
  const possible: Value[] = [];
  for (const argument of expression.arguments) {
    const { value, observations } = attempt(argument, evaluator);
    if (observations.failed) continue;
    possible.push(value);
    if (!observations.mayFail) return eitherAttempt(possible, expression, evaluator);
  }
  if (possible.length > 0) {
    evaluator.doubt();
    return eitherAttempt(possible, expression, evaluator);
  }
  // Once more, for what is to be said: mostly one succeeds, and then nothing is.
  const isQuiet = evaluator.context.isQuiet === true;
  const messages = isQuiet ? [] : expression.arguments.flatMap((one) => attempt(one, evaluator, false).messages);
  const why = messages.length === 0 ? '' : ` ${messages.join(' ')}`;
  return evaluator.fail(expression, `No argument of "try" succeeds.${why}`, 'terraform-function-failed');
}

function eitherAttempt(possible: readonly Value[], expression: CallExpression, evaluator: Evaluator): Value {
  const [first, ...others] = possible;
  if (first === undefined || others.length === 0) return first ?? eitherOf(possible, boolValue(false));
  const cause = causeAmong(possible);
  const result = eitherOf(possible, cause);
  return result.origin === undefined ? evaluator.computed(result, expression, possible) : result;
}

/** An unknown on which the choice between the arguments depends. */
function causeAmong(possible: readonly Value[]): Value {
  return possible.find((value) => value.kind === 'unknown') ?? unknownFrom(possible, BOOL);
}

/** Whether the argument is no error. Never sensitive. */
export function evaluateCan(expression: CallExpression, evaluator: Evaluator): Value {
  const [argument] = expression.arguments;
  if (argument === undefined || expression.arguments.length > 1) {
    return evaluator.fail(expression, '"can" takes one argument.', 'terraform-function-failed');
  }
  const { value, observations } = attempt(argument, evaluator);
  if (observations.failed) return evaluator.computed(boolValue(false), expression, []);
  if (!observations.mayFail) return evaluator.computed(boolValue(true), expression, []);
  const unknown = unknownFrom([value], BOOL, { notNull: true, refersTo: undefined, sensitive: undefined });
  return evaluator.computed(unknown, expression, [value]);
}
