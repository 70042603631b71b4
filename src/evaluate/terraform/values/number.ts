import type { BigFloat } from '../../../model/big-float.js';
import type { NumberValue } from '../../../model/value.js';
import { numberValue } from '../../../model/values.js';

/** Terraform's numbers have a mantissa of 512 bits (cty: `big.ParseFloat(s, 10, 512, big.ToNearestEven)`). */
const precisionBits = 512;
/** SAFETY: `1e999999999` would need a gigabyte of digits. Beyond these bounds there is no number. */
const maxDecimalExponent = 10_000;
const maxBinaryExponent = 40_000;
const maxNumberDigits = 12_000;

const ZERO: BigFloat = { mantissa: 0n, exponent: 0 };
const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/** What Terraform would read as a number, and is beyond those that are computed here. */
export const BEYOND = 'beyond';

/**
 * A decimal number as Terraform reads it (`1e3`, `+1`, `.5`, `1.`, `01`; not `0x1f`, spaces, `1_000`). Undefined where the
 * text is none; `BEYOND` where it has too many digits or its exponent is too far from 0.
 */
export function parseNumber(text: string): NumberValue | typeof BEYOND | undefined {
  if (text.length > maxNumberDigits) return /[^\d.eE+-]/.test(text) ? undefined : BEYOND;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', bareFraction = '', exponentText = '0'] = match;
  if (exponentText === '0' && fraction === '' && bareFraction === '' && whole.length <= 15) {
    return numberValue((sign === '-' ? -Number(whole) : Number(whole)) + 0);
  }
  const decimals = fraction + bareFraction;
  const digits = BigInt(whole + decimals);
  const exponent = Number(exponentText) - decimals.length;
  if (digits === 0n) return numberValue(0);
  if (Math.abs(exponent) > maxDecimalExponent) return BEYOND;
  const signed = sign === '-' ? -digits : digits;
  if (exponent >= 0) return fromBigFloat(round(signed * 10n ** BigInt(exponent), 0));
  return fromBigFloat(quotient({ mantissa: signed, exponent: 0 }, { mantissa: 10n ** BigInt(-exponent), exponent: 0 }));
}

/** The shortest decimal that is this number and no other, without an exponent: `0.1`, `1000000000000000000000`, `+Inf`. */
export function formatNumber(number: NumberValue): string {
  const { value, exact } = number;
  if (exact === undefined) {
    if (value === Number.POSITIVE_INFINITY) return '+Inf';
    if (value === Number.NEGATIVE_INFINITY) return '-Inf';
    return plainDecimal(String(value));
  }
  if (exact.infinite !== undefined) return exact.infinite === 1 ? '+Inf' : '-Inf';
  return shortestDecimal(exact);
}

export function numberFromBigInt(integer: bigint): NumberValue {
  return fromBigFloat(round(integer, 0));
}

/** Undefined for ∞ - ∞, and for a result beyond the bounds of numbers here. */
export function addNumbers(a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (isPlain(a) && isPlain(b)) {
    const sum = a.value + b.value;
    if (Number.isSafeInteger(sum)) return numberValue(sum);
  }
  const x = toBigFloat(a);
  const y = toBigFloat(b);
  if (x.infinite !== undefined || y.infinite !== undefined) {
    if (x.infinite !== undefined && y.infinite !== undefined && x.infinite !== y.infinite) return undefined;
    return infinity(x.infinite ?? y.infinite ?? 1);
  }
  return bounded(sumOf(x, y));
}

export function subtractNumbers(a: NumberValue, b: NumberValue): NumberValue | undefined {
  return addNumbers(a, negateNumber(b));
}

/** Undefined for 0 × ∞, and for a result beyond the bounds. */
export function multiplyNumbers(a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (isPlain(a) && isPlain(b)) {
    const product = a.value * b.value + 0;
    if (Number.isSafeInteger(product)) return numberValue(product);
  }
  const x = toBigFloat(a);
  const y = toBigFloat(b);
  if (x.infinite !== undefined || y.infinite !== undefined) {
    const sign = signOf(x) * signOf(y);
    return sign === 0 ? undefined : infinity(sign > 0 ? 1 : -1);
  }
  return bounded(round(x.mantissa * y.mantissa, x.exponent + y.exponent));
}

/** `1/0` is infinite, as in Terraform. Undefined for 0/0 and ∞/∞, and for a result beyond the bounds. */
export function divideNumbers(a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (isPlain(a) && isPlain(b) && b.value !== 0) {
    const result = a.value / b.value + 0;
    if (Number.isInteger(result)) return numberValue(result);
  }
  const x = toBigFloat(a);
  const y = toBigFloat(b);
  if (x.infinite !== undefined) return y.infinite !== undefined ? undefined : infinity(sameSign(x, y) ? 1 : -1);
  if (y.infinite !== undefined) return numberValue(0);
  if (y.mantissa === 0n) return x.mantissa === 0n ? undefined : infinity(x.mantissa > 0n ? 1 : -1);
  return bounded(quotient(x, y));
}

/** `a - b × trunc(a / b)`: the sign is that of `a`. `a % 0` is `a`. Undefined where an operand is infinite. */
export function moduloNumbers(a: NumberValue, b: NumberValue): NumberValue | undefined {
  if (isPlain(a) && isPlain(b)) {
    return numberValue(b.value === 0 ? a.value : (a.value % b.value) + 0);
  }
  const ratio = divideNumbers(a, b);
  if (isInfinite(a) || isInfinite(b)) return undefined;
  if (signOf(toBigFloat(b)) === 0) return a;
  const whole = ratio === undefined ? undefined : integerPart(ratio);
  if (whole === undefined) return undefined;
  const product = multiplyNumbers(b, numberFromBigInt(whole));
  return product === undefined ? undefined : subtractNumbers(a, product);
}

export function negateNumber(a: NumberValue): NumberValue {
  if (a.exact === undefined) return numberValue(0 - a.value);
  const { mantissa, exponent } = a.exact;
  return { kind: 'number', value: 0 - a.value, exact: { mantissa: -mantissa, exponent } };
}

export function compareNumbers(a: NumberValue, b: NumberValue): -1 | 0 | 1 {
  if (a.exact === undefined && b.exact === undefined) {
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  }
  const x = toBigFloat(a);
  const y = toBigFloat(b);
  if (x.infinite !== undefined || y.infinite !== undefined) {
    const left = x.infinite ?? 0;
    const right = y.infinite ?? 0;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const difference =
    signOf(x) !== signOf(y) ? signOf(x) - signOf(y) : signOf(sumOf(x, { ...y, mantissa: -y.mantissa }));
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

export function isInfinite(n: NumberValue): boolean {
  return n.exact === undefined && !Number.isFinite(n.value);
}

/** The double of a number very near zero is zero, and the number is not. */
export function isZero(n: NumberValue): boolean {
  return n.value === 0 && n.exact === undefined;
}

/** Whether the number is whole. Infinities are not. */
export function isInteger(n: NumberValue): boolean {
  if (n.exact === undefined) return Number.isInteger(n.value);
  return n.exact.infinite === undefined && n.exact.exponent >= 0;
}

/** The whole number that this is; undefined where it has a fraction or is infinite. */
export function toInteger(n: NumberValue): bigint | undefined {
  return isInteger(n) ? integerPart(n) : undefined;
}

/** The number without its fraction, towards zero; undefined where it is infinite. */
export function integerPart(n: NumberValue): bigint | undefined {
  if (n.exact === undefined) return Number.isFinite(n.value) ? BigInt(Math.trunc(n.value)) : undefined;
  const { mantissa, exponent, infinite } = n.exact;
  if (infinite !== undefined) return undefined;
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const size = (mantissa < 0n ? -mantissa : mantissa) >> BigInt(-exponent);
  return mantissa < 0n ? -size : size;
}

/** A safe integer, of which sums and products are exact as doubles. */
function isPlain(n: NumberValue): boolean {
  return n.exact === undefined && Number.isSafeInteger(n.value);
}

function infinity(sign: 1 | -1): NumberValue {
  return numberValue(sign * Number.POSITIVE_INFINITY);
}

function signOf(x: BigFloat): number {
  if (x.infinite !== undefined) return x.infinite;
  return x.mantissa > 0n ? 1 : x.mantissa < 0n ? -1 : 0;
}

function sameSign(x: BigFloat, y: BigFloat): boolean {
  return signOf(x) < 0 === signOf(y) < 0;
}

function bounded(x: BigFloat): NumberValue | undefined {
  return Math.abs(x.exponent) > maxBinaryExponent ? undefined : fromBigFloat(x);
}

export function toBigFloat(n: NumberValue): BigFloat {
  if (n.exact !== undefined) return n.exact;
  if (!Number.isFinite(n.value)) return { mantissa: 0n, exponent: 0, infinite: n.value > 0 ? 1 : -1 };
  let scaled = n.value;
  let exponent = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent--;
  }
  return normalise(BigInt(scaled), exponent);
}

/**
 * The exact form is left out only where the double is the number and its own shortest text is the number's: 2^100 is a
 * double, but prints as `1267650600228229400000000000000` when it came through one (as `pow` does) and in full otherwise.
 */
export function fromBigFloat(x: BigFloat): NumberValue {
  if (x.infinite !== undefined) return infinity(x.infinite);
  const value = toDouble(x);
  const isShort = Number.isSafeInteger(value) || (Number.isInteger(value * 64) && Math.abs(value) < 2 ** 29);
  if (isShort) {
    const back = toBigFloat(numberValue(value));
    if (back.mantissa === x.mantissa && back.exponent === x.exponent) return numberValue(value);
  }
  return { kind: 'number', value, exact: x };
}

function toDouble(x: BigFloat): number {
  const mantissa = Number(x.mantissa);
  // In two steps: 2^-1100 alone would be zero although the product is a double.
  const half = Math.trunc(x.exponent / 2);
  return mantissa * 2 ** half * 2 ** (x.exponent - half);
}

function bitLength(n: bigint): number {
  const hex = (n < 0n ? -n : n).toString(16);
  return n === 0n ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)));
}

function normalise(mantissa: bigint, exponent: number): BigFloat {
  if (mantissa === 0n) return ZERO;
  if ((mantissa & 1n) === 1n) return { mantissa, exponent };
  const zeros = bitLength(mantissa & -mantissa) - 1;
  return { mantissa: mantissa >> BigInt(zeros), exponent: exponent + zeros };
}

/** Rounds to 512 bits, half to even. `isInexact`: something below the last bit of the mantissa is not zero. */
function round(mantissa: bigint, exponent: number, isInexact = false): BigFloat {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const excess = bitLength(size) - precisionBits;
  if (excess <= 0) return normalise(mantissa, exponent);
  const shift = BigInt(excess);
  let kept = size >> shift;
  const dropped = size - (kept << shift);
  const half = 1n << (shift - 1n);
  if (dropped > half || (dropped === half && (isInexact || (kept & 1n) === 1n))) kept += 1n;
  return normalise(mantissa < 0n ? -kept : kept, exponent + excess);
}

function quotient(x: BigFloat, y: BigFloat): BigFloat {
  const negative = x.mantissa < 0n !== y.mantissa < 0n;
  const dividend = x.mantissa < 0n ? -x.mantissa : x.mantissa;
  const divisor = y.mantissa < 0n ? -y.mantissa : y.mantissa;
  const shift = Math.max(0, precisionBits + 2 + bitLength(divisor) - bitLength(dividend));
  const shifted = dividend << BigInt(shift);
  const whole = shifted / divisor;
  return round(negative ? -whole : whole, x.exponent - y.exponent - shift, whole * divisor !== shifted);
}

function sumOf(x: BigFloat, y: BigFloat): BigFloat {
  if (x.mantissa === 0n) return y;
  if (y.mantissa === 0n) return x;
  const [high, low] = x.exponent >= y.exponent ? [x, y] : [y, x];
  // What lies this far below the last of 512 bits cannot change them. SAFETY: no shift by a hostile exponent.
  if (high.exponent - low.exponent > 3 * precisionBits) return high;
  return round((high.mantissa << BigInt(high.exponent - low.exponent)) + low.mantissa, low.exponent);
}

interface Digits {
  readonly digits: string;
  /** The decimal point stands this many digits after the beginning. */
  readonly point: number;
}

function exactDigits(mantissa: bigint, exponent: number): Digits {
  const text = (exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)).toString();
  const point = text.length + Math.min(0, exponent);
  let end = text.length;
  while (end > 0 && text[end - 1] === '0') end--;
  return { digits: text.slice(0, end), point };
}

/** The shortest digits that round to the number at 512 bits: Go's `big.Float.Text('f', -1)`, step by step. */
function shortestDecimal(x: BigFloat): string {
  if (x.mantissa === 0n) return '0';
  const size = x.mantissa < 0n ? -x.mantissa : x.mantissa;
  const shift = precisionBits + 1 - bitLength(size);
  const scaled = size << BigInt(shift);
  const exponent = x.exponent - shift;
  const own = exactDigits(scaled, exponent);
  const lower = exactDigits(scaled - 1n, exponent).digits;
  const upper = exactDigits(scaled + 1n, exponent).digits;
  const isInclusive = (scaled & 2n) === 0n;
  let short = own;
  for (let i = 0; i < own.digits.length; i++) {
    const digit = own.digits[i] ?? '0';
    const isDownOk = (lower[i] ?? '0') !== digit || (isInclusive && i + 1 === lower.length);
    const above = upper[i] ?? '0';
    const isUpOk = digit !== above && (isInclusive || Number(digit) + 1 < Number(above) || i + 1 < upper.length);
    if (!isDownOk && !isUpOk) continue;
    short = isDownOk && isUpOk ? roundDigits(own, i + 1, isNearestUp(own, i + 1)) : roundDigits(own, i + 1, isUpOk);
    break;
  }
  return `${x.mantissa < 0n ? '-' : ''}${placePoint(short)}`;
}

function isNearestUp({ digits }: Digits, length: number): boolean {
  if (length >= digits.length) return false;
  const next = digits[length] ?? '0';
  if (next !== '5' || digits.length > length + 1) return next >= '5';
  return Number(digits[length - 1] ?? '0') % 2 === 1;
}

function roundDigits(number: Digits, length: number, isUp: boolean): Digits {
  const kept = number.digits.slice(0, length);
  if (!isUp) return { digits: kept, point: number.point };
  const raised = (BigInt(kept) + 1n).toString();
  return { digits: raised, point: number.point + (raised.length - kept.length) };
}

function placePoint({ digits, point }: Digits): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`.replace(/0+$/, '');
  if (digits.length <= point) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point).replace(/0+$/, '')}`.replace(/\.$/, '');
}

/** `1.5e-7` → `0.00000015`. */
function plainDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return sign + placePoint({ digits: whole + fraction, point: whole.length + Number(exponent) });
}
