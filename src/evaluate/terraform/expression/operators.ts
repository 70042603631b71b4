import { BOOL, NUMBER, type Type } from '../../../model/type.js';
import type { NumberValue, UnknownValue, Value } from '../../../model/value.js';
import { boolValue, isWhollyKnown } from '../../../model/values.js';
import type { BinaryExpression, BinaryOperator, Node, UnaryExpression } from '../../../syntax/hcl/ast.js';
import { convertValue } from '../values/convert.js';
import { equalValues, numberRange } from '../values/equality.js';
import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  isInfinite,
  isZero,
  moduloNumbers,
  multiplyNumbers,
  negateNumber,
  subtractNumbers,
} from '../values/number.js';
import { sizeOf } from '../values/size-of.js';
import { hasSensitive, markSensitive, unknownFrom } from '../values/unknown.js';
import { eitherOf } from './alternatives.js';
import type { Evaluator } from './context.js';

export function evaluateUnary(expression: UnaryExpression, evaluator: Evaluator): Value {
  const written = evaluator.evaluate(expression.operand);
  const type = expression.operator === '!' ? BOOL : NUMBER;
  const operand = toOperand(written, type, expression.operand, evaluator);
  if (operand === undefined) return invalid(expression, type, evaluator);
  const result = throughAlternatives([operand], type, ([value]) => {
    if (value?.kind === 'bool') return boolValue(!value.value);
    return value?.kind === 'number' ? negateNumber(value) : undefined;
  });
  return evaluator.computed(markSensitive(result, operand.sensitive), expression, [written]);
}

export function evaluateBinary(expression: BinaryExpression, evaluator: Evaluator): Value {
  switch (expression.operator) {
    case '&&':
    case '||':
      return evaluateLogical(expression, evaluator);
    case '==':
    case '!=': {
      const left = evaluator.evaluate(expression.left);
      const right = evaluator.evaluate(expression.right);
      if (!evaluator.mayWalk(sizeOf(left) < sizeOf(right) ? left : right)) return evaluator.overSteps(expression);
      const equal = equalValues(left, right);
      if (equal.kind === 'unknown' && isWhollyKnown(left) && isWhollyKnown(right))
        return evaluator.overLimit(expression, 'Two sets are too large for Trueline to compare.');
      const result = equal.kind === 'bool' && expression.operator === '!=' ? boolValue(!equal.value) : equal;
      return evaluator.computed(markSensitive(result, hasSensitive(left) || hasSensitive(right)), expression, [
        left,
        right,
      ]);
    }
    default:
      return evaluateArithmetic(expression, expression.operator, evaluator);
  }
}

/** As of Terraform 1.12: one side may decide, and then what is wrong with the other does not matter. */
function evaluateLogical(expression: BinaryExpression, evaluator: Evaluator): Value {
  const decisive = expression.operator === '||';
  const left = evaluator.evaluate(expression.left);
  const first = toOperand(left, BOOL, expression.left, evaluator);
  const isDecided = first?.kind === 'bool' && first.value === decisive;
  // The other side is perhaps not needed: then what is wrong with it does not matter.
  const isNeeded = first === undefined || (first.kind === 'bool' && !isDecided);
  const other = isNeeded ? evaluator : evaluator.aside();
  const right = other.evaluate(expression.right);
  const second = toOperand(right, BOOL, expression.right, other);
  const isSensitive = left.sensitive === true || right.sensitive === true;
  const known = (value: boolean) =>
    evaluator.computed(markSensitive(boolValue(value), isSensitive), expression, [left, right]);
  if (isDecided) return known(decisive);
  if (first === undefined || (isNeeded && second === undefined)) return invalid(expression, BOOL, evaluator);
  evaluator.join(other);
  if (second === undefined) {
    return evaluator.computed(markSensitive(unknownFrom([first], BOOL, { notNull: true }), isSensitive), expression, [
      left,
    ]);
  }
  if (second.kind === 'bool' && second.value === decisive) {
    return known(decisive);
  }
  if (first.kind === 'bool' && second.kind === 'bool') return known(!decisive);
  const unknown = unknownFrom(
    [first, second].filter((side) => side.kind === 'unknown'),
    BOOL,
    { notNull: true },
  );
  return evaluator.computed(markSensitive(unknown, isSensitive), expression, [left, right]);
}

type ArithmeticOperator = Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>;

function evaluateArithmetic(expression: BinaryExpression, operator: ArithmeticOperator, evaluator: Evaluator): Value {
  const type: Type = COMPARISONS[operator] === undefined ? NUMBER : BOOL;
  const left = evaluator.evaluate(expression.left);
  const right = evaluator.evaluate(expression.right);
  const first = toOperand(left, NUMBER, expression.left, evaluator);
  const second = toOperand(right, NUMBER, expression.right, evaluator);
  if (first === undefined || second === undefined) return invalid(expression, type, evaluator);
  if (first.kind === 'number' && second.kind === 'number') {
    const result = calculate(operator, first, second);
    if (result === undefined) return notCalculable(expression, [first, second], evaluator);
    return evaluator.computed(markSensitive(result, first.sensitive || second.sensitive), expression, [left, right]);
  }
  const byRange = decidedByRange(operator, first, second);
  const result =
    byRange ??
    throughAlternatives([first, second], type, ([a, b]) =>
      a?.kind === 'number' && b?.kind === 'number' ? calculate(operator, a, b) : undefined,
    );
  return evaluator.computed(markSensitive(result, first.sensitive || second.sensitive), expression, [left, right]);
}

const COMPARISONS: Partial<Record<BinaryOperator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function calculate(operator: ArithmeticOperator, a: NumberValue, b: NumberValue): Value | undefined {
  switch (operator) {
    case '+':
      return addNumbers(a, b);
    case '-':
      return subtractNumbers(a, b);
    case '*':
      return multiplyNumbers(a, b);
    case '/':
      return divideNumbers(a, b);
    case '%':
      return moduloNumbers(a, b);
    default:
      return boolValue(COMPARISONS[operator]?.(compareNumbers(a, b)) ?? false);
  }
}

function notCalculable(
  expression: BinaryExpression,
  [a, b]: readonly [NumberValue, NumberValue],
  evaluator: Evaluator,
): Value {
  if (!isInfinite(a) && !isInfinite(b) && !(expression.operator === '/' && isZero(b))) {
    return evaluator.overLimit(
      expression,
      `The result of "${expression.operator}" is beyond the numbers that Trueline computes.`,
    );
  }
  return evaluator.fail(
    expression,
    `The result of "${expression.operator}" is not defined for these numbers.`,
    undefined,
    NUMBER,
  );
}

/** A comparison that the bounds of the operands decide. */
function decidedByRange(operator: ArithmeticOperator, a: Value, b: Value): Value | undefined {
  const compare = COMPARISONS[operator];
  const left = numberRange(a);
  const right = numberRange(b);
  if (compare === undefined || left === undefined || right === undefined) return undefined;
  // The smallest and the largest that `a - b` can be; its sign is what a comparison is about.
  const low = left.min === undefined || right.max === undefined ? Number.NEGATIVE_INFINITY : sign(left.min, right.max);
  const high = left.max === undefined || right.min === undefined ? Number.POSITIVE_INFINITY : sign(left.max, right.min);
  const atLow = compare(low);
  const atHigh = compare(high);
  // Every comparison is monotonous: equal answers at both ends hold between them.
  return atLow === atHigh ? boolValue(atLow) : undefined;
}

function sign(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The operation over what its operands are; over each alternative where exactly one operand is undecided between known
 * ones; else an unknown of the type.
 */
function throughAlternatives(
  operands: readonly Value[],
  type: Type,
  operation: (values: readonly Value[]) => Value | undefined,
): Value {
  if (operands.every(isWhollyKnown)) return operation(operands) ?? unknownFrom(operands, type, { notNull: true });
  const unknown = () =>
    unknownFrom(
      operands.filter((one) => one.kind === 'unknown'),
      type,
      { notNull: true },
    );
  const undecided = operands.filter((one): one is UnknownValue => one.kind === 'unknown');
  const [single] = undecided;
  if (undecided.length !== 1 || single?.alternatives === undefined) return unknown();
  const results: Value[] = [];
  for (const alternative of single.alternatives) {
    if (alternative.kind === 'absent' || !isWhollyKnown(alternative)) return unknown();
    const result = operation(operands.map((one) => (one === single ? alternative : one)));
    if (result === undefined) return unknown();
    results.push(result);
  }
  return eitherOf(results, single);
}

const NEEDED: Partial<Record<Type['kind'], string>> = { number: 'a number', bool: 'a bool' };

/** The operand as the type; undefined, with a diagnostic, where it cannot be. */
function toOperand(value: Value, type: Type, at: Node, evaluator: Evaluator): Value | undefined {
  if (value.kind === 'null') {
    evaluator.fail(at, 'The operand is null.');
    return undefined;
  }
  const converted = convertValue(value, type);
  if (converted.ok) {
    evaluator.doubtConversion(value, type);
    return converted.value;
  }
  if (converted.isLimit === true) return evaluator.beyondNumbers(at);
  evaluator.fail(at, `The operand is not suitable: ${NEEDED[type.kind] ?? type.kind} is required.`);
  return undefined;
}

/** The unknown of an expression of which a part is an error that was reported. */
function invalid(at: Node, type: Type, evaluator: Evaluator): UnknownValue {
  return { kind: 'unknown', type, reason: 'invalid-expression', notNull: true, origin: evaluator.origin(at) };
}
