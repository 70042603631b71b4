import { DYNAMIC } from '../../../model/type.js';
import type { Rest, Value } from '../../../model/value.js';
import { boolValue, isWhollyKnown, nullValue, stringValue } from '../../../model/values.js';
import { assertNever } from '../../../source/invariant.js';
import type {
  Expression,
  LiteralExpression,
  ObjectExpression,
  TemplateExpression,
  TupleExpression,
} from '../../../syntax/hcl/ast.js';
import { objectOf, tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { compareForEquality } from '../values/equality.js';
import { BEYOND, parseNumber } from '../values/number.js';
import { markSensitive } from '../values/unknown.js';
import { eitherOf, restBecauseOf } from './alternatives.js';
import { evaluateCall } from './call-function.js';
import { evaluateConditional } from './conditional.js';
import { type EvaluationContext, Evaluator } from './context.js';
import { evaluateFor } from './for-expression.js';
import { evaluateBinary, evaluateUnary } from './operators.js';
import { withinSize } from './size.js';
import { evaluateSplat } from './splat.js';
import { evaluateTemplateParts } from './template.js';
import { evaluateTraversal } from './traversal.js';

/**
 * The value of an expression. What is wrong with it is reported, and its value is then an unknown for the reason
 * `invalid-expression`. Literals are evaluated once for each node of the tree: all instances share one value.
 */
export function evaluateExpression(expression: Expression, context: EvaluationContext): Value {
  return new Evaluator(context, dispatch).evaluate(expression);
}

/** Evaluates expressions one after the other in one context: those of one file of a module. */
export function evaluatorFor(context: EvaluationContext): Evaluator {
  return new Evaluator(context, dispatch);
}

/** As `evaluateExpression`, and says whether it is an error, or may turn out to be one once unknowns are known. */
export function observeExpression(
  expression: Expression,
  context: EvaluationContext,
): { readonly value: Value; readonly failed: boolean; readonly mayFail: boolean } {
  const evaluator = new Evaluator(context, dispatch);
  const value = evaluator.evaluate(expression);
  return { value, ...evaluator.observations };
}

/** The value of a template file's text; for whoever calls for it, as if it were written there. */
export function evaluateTemplate(
  template: TemplateExpression,
  context: EvaluationContext,
  caller?: Pick<Evaluator, 'observations' | 'reportAlways'>,
): Value {
  return new Evaluator(context, dispatch, caller?.observations, caller?.reportAlways).evaluate(template);
}

function dispatch(expression: Expression, evaluator: Evaluator): Value {
  switch (expression.kind) {
    case 'literal':
    case 'tuple':
    case 'object':
    case 'template':
      return constantOr(expression, evaluator);
    case 'parenthesis':
      return evaluator.evaluate(expression.expression);
    case 'variable':
    case 'get-attribute':
    case 'index':
      return evaluateTraversal(expression, evaluator);
    case 'splat':
      return evaluateSplat(expression, evaluator);
    case 'call':
      return evaluateCall(expression, evaluator);
    case 'unary':
      return evaluateUnary(expression, evaluator);
    case 'binary':
      return evaluateBinary(expression, evaluator);
    case 'conditional':
      return evaluateConditional(expression, evaluator);
    case 'for':
      return evaluateFor(expression, evaluator);
    case 'error':
      // Its diagnostic is with the file. What stands there may be right, and only deeper than Trueline reads.
      evaluator.doubt();
      return { kind: 'unknown', type: DYNAMIC, reason: 'invalid-expression', origin: evaluator.origin(expression) };
    default:
      return assertNever(expression);
  }
}

type Constructor = LiteralExpression | TupleExpression | ObjectExpression | TemplateExpression;

/** The value of a constructor that holds nothing but literals. A node belongs to one file, so its origin is the same. */
class Constant {
  constructor(readonly value: Value) {}
}

function constantOr(expression: Constructor, evaluator: Evaluator): Value {
  if (expression.memo instanceof Constant) return expression.memo.value;
  const made = construct(expression, evaluator);
  const value =
    expression.kind === 'tuple' || expression.kind === 'object' ? withinSize(made, expression, evaluator) : made;
  // One beyond a limit is none: every root says so anew.
  if (expression.isConstant && !evaluator.observations.failed && isWhollyKnown(value))
    expression.memo = new Constant(value);
  return value;
}

function construct(expression: Constructor, evaluator: Evaluator): Value {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression, evaluator);
    case 'template':
      return evaluateTemplateParts(expression, evaluator);
    case 'tuple': {
      const elements = expression.elements.map((element) => evaluator.evaluate(element));
      return { ...tupleOf(elements), origin: evaluator.origin(expression) };
    }
    case 'object':
      return objectValue(expression, evaluator);
  }
}

function literalValue(expression: LiteralExpression, evaluator: Evaluator): Value {
  const origin = evaluator.origin(expression);
  const { value } = expression;
  if (value === null) return nullValue(undefined, origin);
  if (typeof value === 'boolean') return boolValue(value, origin);
  const number = parseNumber(value.number);
  if (number === undefined || number === BEYOND) return evaluator.beyondNumbers(expression);
  return { ...number, origin };
}

/** `{ … }`: of equal keys the last one wins. A key that is not known may be any, and so replace any entry before it. */
function objectValue(expression: ObjectExpression, evaluator: Evaluator): Value {
  const entries = new Map<string, Value>();
  let rest: Rest | undefined;
  let isSensitive = false;
  for (const item of expression.items) {
    const written = isAmbiguous(item.key)
      ? evaluator.fail(item.key, 'A reference as a key must be in parentheses, a name with dots in quotes.')
      : evaluator.evaluate(item.key);
    const value = evaluator.evaluate(item.value);
    if (written.sensitive === true) isSensitive = true;
    const key = toKey(written, item.key, evaluator);
    if (key.kind === 'string') {
      entries.set(key.value, value);
      continue;
    }
    rest = restBecauseOf(key, rest === undefined ? value : undefined);
    for (const [name, entry] of entries) {
      const isOther = compareForEquality(key, stringValue(name)) === false;
      if (!isOther) entries.set(name, eitherOf([entry, value], key));
    }
  }
  const plain = objectOf(entries);
  const open = rest === undefined ? plain : { ...plain, type: DYNAMIC, rest };
  return markSensitive({ ...open, origin: evaluator.origin(expression) }, isSensitive);
}

function toKey(written: Value, at: Expression, evaluator: Evaluator): Value {
  if (written.kind === 'null') return evaluator.fail(at, 'The key of an object must not be null.');
  const converted = convertValue(written, { kind: 'string' });
  if (!converted.ok) return evaluator.fail(at, `The key of an object must be text: ${converted.message}.`);
  evaluator.doubtConversion(written, { kind: 'string' });
  return converted.value;
}

/** `{ a.b = 1 }`: a reference, or a name with a dot? */
function isAmbiguous(key: Expression): boolean {
  return key.kind === 'get-attribute' || key.kind === 'index' || key.kind === 'splat';
}
