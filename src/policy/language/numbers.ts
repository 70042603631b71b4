import type { NumberValue } from '../../model/value.js';
import {
  type DoubleValue,
  type IntValue,
  policyError,
  type RuntimeValue,
  toDouble,
  toInt,
  toUint,
  type UintValue,
} from './runtime-value.js';

export type NumericValue = NumberValue | IntValue | UintValue | DoubleValue;

export function isNumeric(value: RuntimeValue): value is NumericValue {
  return value.kind === 'number' || value.kind === 'int' || value.kind === 'uint' || value.kind === 'double';
}

/** -1, 0, 1; NaN where one is not a number. Exact across kinds: JavaScript compares bigint and number mathematically. */
export function compareNumbers(a: NumericValue, b: NumericValue): number {
  if ((a.kind === 'number' && a.exact !== undefined) || (b.kind === 'number' && b.exact !== undefined)) {
    return compareExactly(a, b);
  }
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by their mathematical values
  return a.value == b.value ? 0 : Number.NaN;
}

/** mantissa × 2^exponent; undefined for what is not finite. */
function toFraction(value: NumericValue): { mantissa: bigint; exponent: number } | undefined {
  if (value.kind === 'number' && value.exact !== undefined) return value.exact.infinite ? undefined : value.exact;
  if (typeof value.value === 'bigint') return { mantissa: value.value, exponent: 0 };
  if (!Number.isFinite(value.value)) return undefined;
  let [mantissa, exponent] = [value.value, 0];
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent - 1];
  return { mantissa: BigInt(mantissa), exponent };
}

function compareExactly(a: NumericValue, b: NumericValue): number {
  const [left, right] = [toFraction(a), toFraction(b)];
  if (left === undefined || right === undefined) return Number(a.value) - Number(b.value);
  const shift = Math.min(left.exponent, right.exponent);
  // SAFETY: a shift of a hostile exponent would not fit into memory; the doubles are far apart there.
  if (Math.max(left.exponent, right.exponent) - shift > 4096) return Math.sign(Number(a.value) - Number(b.value));
  const [x, y] = [left.mantissa << BigInt(left.exponent - shift), right.mantissa << BigInt(right.exponent - shift)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The integer that a value is, for indexes and arguments; undefined for what is none. */
export function toInteger(value: RuntimeValue | undefined): number | undefined {
  if (value === undefined || !isNumeric(value)) return undefined;
  const number = Number(value.value);
  return Number.isInteger(number) ? number : undefined;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/**
 * Arithmetic of CEL: kinds are not mixed, integers overflow into an error. A resource's number (`number`) is of either
 * kind: with an integer literal it is one.
 */
export function calculate(operator: ArithmeticOperator, a: NumericValue, b: NumericValue): RuntimeValue | undefined {
  const kind = a.kind === 'number' ? b.kind : b.kind === 'number' ? a.kind : a.kind === b.kind ? a.kind : undefined;
  if (kind === undefined) return undefined;
  if (kind === 'number') return calculateNumbers(operator, Number(a.value), Number(b.value));
  if (kind === 'double') {
    return operator === '%' ? undefined : toDouble(onDoubles(operator, Number(a.value), Number(b.value)));
  }
  const [x, y] = [toWhole(a), toWhole(b)];
  if (x === undefined || y === undefined) return calculateNumbers(operator, Number(a.value), Number(b.value));
  const result = onIntegers(operator, x, y);
  if (typeof result !== 'bigint') return result;
  return kind === 'int' ? toInt(result) : toUint(result);
}

function toWhole(value: NumericValue): bigint | undefined {
  if (typeof value.value === 'bigint') return value.value;
  return Number.isInteger(value.value) ? BigInt(value.value) : undefined;
}

function calculateNumbers(operator: ArithmeticOperator, a: number, b: number): RuntimeValue {
  if ((operator === '/' || operator === '%') && b === 0) return policyError('A number is divided by zero.');
  return { kind: 'number', value: operator === '%' ? a % b : onDoubles(operator, a, b) };
}

function onDoubles(operator: Exclude<ArithmeticOperator, '%'>, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
  }
}

function onIntegers(operator: ArithmeticOperator, a: bigint, b: bigint): bigint | RuntimeValue {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? policyError('A number is divided by zero.') : a / b;
    case '%':
      return b === 0n ? policyError('A number is divided by zero.') : a % b;
  }
}
