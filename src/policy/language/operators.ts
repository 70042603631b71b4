import type { BinaryOperator } from './ast.js';
import { isIn } from './collection.js';
import { equal, notEqual } from './equality.js';
import { overAlternatives } from './lift.js';
import { type ArithmeticOperator, calculate, isNumeric } from './numbers.js';
import { compare } from './ordering.js';
import {
  EMPTY_LIST,
  FALSE,
  policyError,
  type RuntimeList,
  type RuntimeUnknown,
  type RuntimeValue,
  TRUE,
  toDouble,
  toInt,
  toList,
  toText,
  typeName,
  unknownFrom,
} from './runtime-value.js';
import { addTimes } from './times.js';

/** A binary operator over everything, three-valued. */
export function applyBinary(operator: BinaryOperator, left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return notEqual(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(operator, left, right);
    case 'in':
      return isIn(left, right);
    default:
      return applyArithmetic(operator, left, right);
  }
}

function applyArithmetic(operator: ArithmeticOperator, left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  if (left.kind === 'error') return left;
  if (right.kind === 'error') return right;
  if (operator === '+' && (left.kind === 'list' || right.kind === 'list')) {
    const [a, b] = [toAddend(left), toAddend(right)];
    if (a !== undefined && b !== undefined) return concatenate(a, b);
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return applyToUnknown(operator, left, right);
  if (isNumeric(left) && isNumeric(right)) {
    const result = calculate(operator, left, right);
    if (result !== undefined) return result;
  }
  if (operator === '+' && left.kind === 'string' && right.kind === 'string') return toText(left.value + right.value);
  if (operator === '+' && left.kind === 'bytes' && right.kind === 'bytes') {
    return { kind: 'bytes', value: left.value + right.value };
  }
  if (operator === '+' || operator === '-') {
    const time = addTimes(operator, left, right);
    if (time !== undefined) return time;
  }
  return policyError(`"${operator}" does not take ${typeName(left)} and ${typeName(right)}.`);
}

/** A list to join: an unset one is empty, an unknown one open. */
function toAddend(value: RuntimeValue): RuntimeList | undefined {
  if (value.kind === 'list') return value;
  if (value.kind === 'null') return value.isLiteral === true ? undefined : EMPTY_LIST;
  if (value.kind !== 'unknown') return undefined;
  return { kind: 'list', elements: [], rest: { reason: value.reason, subject: value.subject } };
}

function concatenate(a: RuntimeList, b: RuntimeList): RuntimeValue {
  const existence = new Map(a.existence ?? []);
  for (const [index, how] of b.existence ?? []) existence.set(index + a.elements.length, how);
  const doubts = [a.doubt, b.doubt].filter((doubt) => doubt !== undefined);
  const rest = a.rest !== undefined && b.rest !== undefined ? { ...a.rest, element: undefined } : (a.rest ?? b.rest);
  return toList([...a.elements, ...b.elements], {
    rest,
    existence: existence.size === 0 ? undefined : existence,
    doubt: doubts.length === 0 ? undefined : unknownFrom(doubts),
  });
}

function applyToUnknown(operator: ArithmeticOperator, left: RuntimeValue, right: RuntimeValue): RuntimeValue {
  if (left.kind === 'unknown') {
    const lifted = overAlternatives(left, (known) => applyArithmetic(operator, known, right));
    if (lifted !== undefined) return lifted;
  }
  if (right.kind === 'unknown') {
    const lifted = overAlternatives(right, (known) => applyArithmetic(operator, left, known));
    if (lifted !== undefined) return lifted;
  }
  if (operator === '+') {
    const joined = joinParts(left, right);
    if (joined !== undefined) return joined;
  }
  return unknownFrom([left, right]);
}

/** A text joined with a partly known one: the known parts stay known. */
function joinParts(left: RuntimeValue, right: RuntimeValue): RuntimeUnknown | undefined {
  const [a, b] = [partsOf(left), partsOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const parts: RuntimeUnknown['parts'] = joinTexts([...a, ...b]);
  return unknownFrom([left, right], { type: { kind: 'string' }, parts });
}

function partsOf(value: RuntimeValue): NonNullable<RuntimeUnknown['parts']> | undefined {
  if (value.kind === 'string') return [value.value];
  if (value.kind !== 'unknown') return undefined;
  if (value.parts !== undefined) return value.parts;
  if (value.type.kind !== 'string' || value.notNull !== true) return undefined;
  const { alternatives, causes, ...plain } = value;
  return [plain];
}

function joinTexts(parts: NonNullable<RuntimeUnknown['parts']>): NonNullable<RuntimeUnknown['parts']> {
  const joined: (typeof parts)[number][] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** `!value` */
export function negateBool(value: RuntimeValue): RuntimeValue {
  if (value.kind === 'bool') return value.value ? FALSE : TRUE;
  if (value.kind === 'error') return value;
  if (value.kind === 'unknown') return overAlternatives(value, negateBool) ?? unknownFrom([value]);
  if (value.kind === 'null')
    return policyError('The value is not set, and null is not a boolean: compare it with "!= true".');
  return policyError(`"!" does not take ${typeName(value)}.`);
}

/** `-value` */
export function negateNumber(value: RuntimeValue): RuntimeValue {
  switch (value.kind) {
    case 'error':
      return value;
    case 'unknown':
      return unknownFrom([value]);
    case 'int':
      return toInt(-value.value);
    case 'double':
      return toDouble(-value.value);
    case 'number':
      return { kind: 'number', value: -value.value };
    default:
      return policyError(`"-" does not take ${typeName(value)}.`);
  }
}
