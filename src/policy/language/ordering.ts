import { compareText } from '../../source/compare-text.js';
import { overAlternatives } from './lift.js';
import { compareNumbers, isNumeric } from './numbers.js';
import {
  FALSE,
  policyError,
  type RuntimeUnknown,
  type RuntimeValue,
  TRUE,
  toBool,
  typeName,
  unknownFrom,
} from './runtime-value.js';

export type OrderingOperator = '<' | '<=' | '>' | '>=';

/** `a < b` and its kin. With an attribute that reads as null it is false; with an unknown its bounds may decide. */
export function compare(operator: OrderingOperator, a: RuntimeValue, b: RuntimeValue): RuntimeValue {
  if (a.kind === 'error') return a;
  if (b.kind === 'error') return b;
  if (isNumeric(a) && isNumeric(b)) return toBool(holds(operator, compareNumbers(a, b)));
  if (isLiteralNull(a) || isLiteralNull(b)) return policyError('null has no order.');
  if (a.kind === 'null' || b.kind === 'null') return FALSE;
  if (a.kind === 'unknown' || b.kind === 'unknown') return compareUnknown(operator, a, b);
  const order = orderOf(a, b);
  if (order !== undefined) return toBool(holds(operator, order));
  return policyError(`"${operator}" cannot compare ${typeName(a)} and ${typeName(b)}.`);
}

function isLiteralNull(value: RuntimeValue): boolean {
  return value.kind === 'null' && value.isLiteral === true;
}

function holds(operator: OrderingOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Undefined for what has no order. */
function orderOf(a: RuntimeValue, b: RuntimeValue): number | undefined {
  if (a.kind === 'string' && b.kind === 'string') return compareText(a.value, b.value);
  if (a.kind === 'bytes' && b.kind === 'bytes') return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  const isTime = (a.kind === 'timestamp' && b.kind === 'timestamp') || (a.kind === 'duration' && b.kind === 'duration');
  if (isTime) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return undefined;
}

function compareUnknown(operator: OrderingOperator, a: RuntimeValue, b: RuntimeValue): RuntimeValue {
  if (a.kind === 'unknown') {
    const lifted = overAlternatives(a, (value) => compare(operator, value, b));
    if (lifted !== undefined) return lifted;
  }
  if (b.kind === 'unknown') {
    const lifted = overAlternatives(b, (value) => compare(operator, a, value));
    if (lifted !== undefined) return lifted;
  }
  const [left, right] = [boundsOf(a), boundsOf(b)];
  if (left !== undefined && right !== undefined) {
    const always = isAlways(operator, left, right);
    if (always === true && isCertainlyThere(a) && isCertainlyThere(b)) return TRUE;
    if (always === false) return FALSE;
  }
  return unknownFrom([a, b]);
}

/** A null compares as false, so that `true` needs both sides to be there. */
function isCertainlyThere(value: RuntimeValue): boolean {
  return value.kind !== 'unknown' || value.notNull === true;
}

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function boundsOf(value: RuntimeValue): Bounds | undefined {
  if (value.kind === 'unknown') return value.bounds;
  if (!isNumeric(value)) return undefined;
  const number = Number(value.value);
  // A number that a double cannot hold has no exact bound.
  return Number.isSafeInteger(number) || typeof value.value === 'number' ? { min: number, max: number } : undefined;
}

/** True or false where the bounds decide the comparison, else undefined. */
function isAlways(operator: OrderingOperator, a: Bounds, b: Bounds): boolean | undefined {
  switch (operator) {
    case '<':
      return isBelow(a, b) ? true : isBelowOrEqual(b, a) ? false : undefined;
    case '<=':
      return isBelowOrEqual(a, b) ? true : isBelow(b, a) ? false : undefined;
    case '>':
      return isBelow(b, a) ? true : isBelowOrEqual(a, b) ? false : undefined;
    case '>=':
      return isBelowOrEqual(b, a) ? true : isBelow(a, b) ? false : undefined;
  }
}

function isBelow(a: Bounds, b: Bounds): boolean {
  return a.max !== undefined && b.min !== undefined && a.max < b.min;
}

function isBelowOrEqual(a: Bounds, b: Bounds): boolean {
  return a.max !== undefined && b.min !== undefined && a.max <= b.min;
}

/** The bounds of a number that an operator gave, for `size()`. */
export function boundedUnknown(causes: readonly RuntimeValue[], min: number, max: number | undefined): RuntimeUnknown {
  return unknownFrom(causes, { type: { kind: 'number' }, bounds: { min, max } });
}
