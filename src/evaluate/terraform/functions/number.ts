import { NUMBER } from '../../../model/type.js';
import type { NumberValue, Value } from '../../../model/value.js';
import { numberValue, typeOf, unknownValue } from '../../../model/values.js';
import {
  addNumbers,
  compareNumbers,
  integerPart,
  isInfinite,
  isInteger,
  negateNumber,
  numberFromBigInt,
  toInteger,
} from '../values/number.js';
import { typeName } from '../values/types.js';
import { unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, integerOf, numberOf, numberParameter } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { power } from './power.js';

/** SAFETY: how many digits `parseint` reads. */
const maxDigits = 10_000;
/** How far a power with a fraction may be from Go's. */
const tolerance = 1e-14;
const ZERO = numberValue(0);

function unary(name: string, make: (number: NumberValue) => NumberValue): TerraformFunction {
  return define({
    name,
    parameters: [numberParameter('num')],
    returns: NUMBER,
    call: (args) => make(numberOf(args[0])),
  });
}

const abs = define({
  name: 'abs',
  parameters: [numberParameter('num', 'u')],
  returns: NUMBER,
  call(args) {
    const number = argumentAt(args, 0);
    if (number.kind !== 'number')
      return unknownFrom(args, NUMBER, { notNull: true, bounds: { min: 0 }, refersTo: undefined });
    return compareNumbers(number, ZERO) < 0 ? negateNumber(number) : number;
  },
});

/** The nearest whole number in the direction of the sign. */
function roundTowards(number: NumberValue, sign: 1 | -1): NumberValue {
  if (isInfinite(number) || isInteger(number)) return number;
  const whole = numberFromBigInt(integerPart(number) ?? 0n);
  if (compareNumbers(number, ZERO) !== sign) return whole;
  return addNumbers(whole, numberValue(sign)) ?? whole;
}

/** As `pow` and `log` compute: through doubles. */
function throughDoubles(
  name: string,
  parameters: readonly [string, string],
  compute: (a: number, b: number) => number,
  isExact: (a: number, b: number) => boolean = () => true,
): TerraformFunction {
  return define({
    name,
    parameters: parameters.map((one) => numberParameter(one)),
    returns: NUMBER,
    call(args): Value {
      const [a, b] = [numberOf(args[0]).value, numberOf(args[1]).value];
      const result = compute(a, b);
      if (Number.isNaN(result)) throw new FunctionFailure('the result is not a number');
      if (isExact(a, b) || a === 0 || a === 1 || !Number.isFinite(result)) return numberValue(result + 0);
      // The last digit is another one on other processors.
      const bounds = { min: result * (1 - tolerance), max: result * (1 + tolerance) };
      return unknownValue('unsupported-function', { type: NUMBER, notNull: true, subject: name, bounds });
    },
  });
}

const parseint = define({
  name: 'parseint',
  parameters: [anyParameter('number'), numberParameter('base')],
  returns: NUMBER,
  call(args) {
    const given = argumentAt(args, 0);
    if (given.kind !== 'string') {
      throw new FunctionFailure(`first argument must be a string, not ${typeName(typeOf(given))}`, 0);
    }
    const text = given.value;
    const base = integerOf(args[1], 1);
    if (base < 2 || base > 62) throw new FunctionFailure('base must be a whole number between 2 and 62 inclusive', 1);
    const failure = () => new FunctionFailure(`cannot parse "${text}" as a base ${base} integer`, 0);
    const match = /^([+-]?)([0-9a-zA-Z]+)$/.exec(text);
    if (match === null) throw failure();
    if (text.length > maxDigits) throw new FunctionLimit(`the text is longer than ${maxDigits} digits`, 0);
    let total = 0n;
    for (const character of match[2] ?? '') {
      const digit = digitOf(character, base);
      if (digit >= base) throw failure();
      total = total * BigInt(base) + BigInt(digit);
    }
    return numberFromBigInt(match[1] === '-' ? -total : total);
  },
});

/** Up to base 36 case does not matter; above, upper-case letters follow the lower-case ones. */
function digitOf(character: string, base: number): number {
  const code = character.charCodeAt(0);
  if (code <= 57) return code - 48;
  if (code >= 97) return code - 87;
  return base <= 36 ? code - 55 : code - 29;
}

export const numberFunctions: readonly TerraformFunction[] = [
  abs,
  unary('ceil', (number) => roundTowards(number, 1)),
  unary('floor', (number) => roundTowards(number, -1)),
  unary('signum', (number) => {
    const integer = toInteger(number);
    if (integer === undefined || BigInt.asIntN(64, integer) !== integer) {
      throw new FunctionFailure('value must be a whole number that fits in 64 bits', 0);
    }
    return numberValue(compareNumbers(number, ZERO));
  }),
  throughDoubles('pow', ['num', 'power'], power, (_, exponent) => {
    return Number.isInteger(exponent) || Math.abs(exponent) === 0.5 || !Number.isFinite(exponent);
  }),
  throughDoubles('log', ['num', 'base'], (a, b) => Math.log(a) / Math.log(b)),
  parseint,
];
