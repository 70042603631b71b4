import type { NumberValue } from '../../../model/value.js';
import { formatNumber, isInfinite, toBigFloat } from '../values/number.js';

/** What of a verb of `format` says how a number is printed; flags, width and precision as in Go's `fmt`. */
export interface NumberVerb {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly mode: string;
}

const BASES: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 };
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

/** A whole number as Go's `big.Int` formats itself. */
export function formatInteger(verb: NumberVerb, integer: bigint): string {
  const { flags, width = 0, precision, mode } = verb;
  const size = integer < 0n ? -integer : integer;
  let digits = size.toString(BASES[mode] ?? 10);
  if (mode === 'X') digits = digits.toUpperCase();
  const prefix = flags.includes('#') ? (PREFIXES[mode] ?? '') : '';
  const sign = integer < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (precision !== undefined) {
    if (precision === 0 && size === 0n) digits = '';
    digits = digits.padStart(precision, '0');
  }
  const missing = Math.max(0, width - sign.length - prefix.length - digits.length);
  if (flags.includes('-')) return sign + prefix + digits + ' '.repeat(missing);
  if (flags.includes('0') && precision === undefined) return sign + prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + sign + prefix + digits;
}

/** A number as Go's `big.Float` formats itself with `e`, `f` or `g`. */
export function formatFloat(verb: NumberVerb, number: NumberValue): string {
  const { flags, width = 0, precision, mode } = verb;
  const isNegative = isBelowZero(number);
  const body = isInfinite(number) ? 'Inf' : digitsOf(number, mode, precision);
  const positive = isInfinite(number) ? (flags.includes(' ') ? ' ' : '+') : flags.includes('+') ? '+' : '';
  const sign = isNegative ? '-' : positive || (flags.includes(' ') ? ' ' : '');
  const missing = Math.max(0, width - sign.length - body.length);
  if (flags.includes('0') && !isInfinite(number)) return sign + '0'.repeat(missing) + body;
  if (flags.includes('-')) return sign + body + ' '.repeat(missing);
  return ' '.repeat(missing) + sign + body;
}

/** `%v` of a number: the shortest form, with an exponent below -4 and from 6 on. */
export function formatPlainNumber(number: NumberValue): string {
  if (isInfinite(number)) return number.value > 0 ? '+Inf' : '-Inf';
  return `${isBelowZero(number) ? '-' : ''}${digitsOf(number, 'g', undefined)}`;
}

/** The double of a number very near zero is zero, whatever its sign. */
function isBelowZero({ value, exact }: NumberValue): boolean {
  return exact === undefined ? value < 0 : exact.mantissa < 0n;
}

/** Decimal digits without trailing zeros, the point after `point` of them. Zero has none. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function digitsOf(number: NumberValue, mode: string, precision: number | undefined): string {
  const kind = mode.toLowerCase();
  const text =
    kind === 'g'
      ? general(number, precision)
      : kind === 'e'
        ? scientific(rounded(exact(number), (precision ?? 6) + 1), precision ?? 6)
        : fixed(roundedAt(exact(number), precision ?? 6), precision ?? 6);
  return mode === 'G' || mode === 'E' ? text.toUpperCase() : text;
}

function general(number: NumberValue, precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision;
  const decimal = wanted === undefined ? shortest(number) : rounded(exact(number), wanted);
  const { digits, point } = decimal;
  let limit = wanted ?? 6;
  if (wanted !== undefined && limit > digits.length && digits.length >= point) limit = digits.length;
  const exponent = point - 1;
  if (exponent < -4 || exponent >= limit) return scientific(decimal, Math.max(0, digits.length - 1));
  return fixed(decimal, Math.max(0, digits.length - point));
}

function scientific({ digits, point }: Decimal, decimals: number): string {
  const exponent = digits === '' ? 0 : point - 1;
  const padded = digits.padEnd(decimals + 1, '0');
  const fraction = decimals > 0 ? `.${padded.slice(1, decimals + 1)}` : '';
  const sign = exponent < 0 ? '-' : '+';
  return `${padded[0] ?? '0'}${fraction}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function fixed({ digits, point }: Decimal, decimals: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (decimals === 0) return whole;
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  return `${whole}.${fraction.padEnd(decimals, '0').slice(0, decimals)}`;
}

function decimalOf(digits: string, point: number): Decimal {
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const kept = digits.slice(leading).replace(/0+$/, '');
  return { digits: kept, point: kept === '' ? 0 : point - leading };
}

/** The digits of the shortest decimal that is the number. */
function shortest(number: NumberValue): Decimal {
  const [whole = '', fraction = ''] = formatNumber(number).replace('-', '').split('.');
  return decimalOf(whole + fraction, whole.length);
}

/** All digits of the number's exact binary value. */
function exact(number: NumberValue): Decimal {
  const { mantissa, exponent } = toBigFloat(number);
  const size = mantissa < 0n ? -mantissa : mantissa;
  const digits = (exponent >= 0 ? size << BigInt(exponent) : size * 5n ** BigInt(-exponent)).toString();
  return decimalOf(digits, digits.length + Math.min(0, exponent));
}

/** Rounded to so many digits, half to even. */
function rounded(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count < 0) return { digits: '', point: 0 };
  if (digits.length <= count) return decimal;
  const next = digits.charCodeAt(count) - 48;
  const isHalf = next === 5 && digits.length === count + 1;
  const last = count === 0 ? 0 : digits.charCodeAt(count - 1) - 48;
  const isUp = isHalf ? last % 2 === 1 : next >= 5;
  const kept = digits.slice(0, count);
  if (!isUp) return decimalOf(kept, point);
  const raised = (BigInt(kept || '0') + 1n).toString();
  return decimalOf(raised.padStart(count, '0'), point + Math.max(0, raised.length - count));
}

/** Rounded to so many digits after the point. */
function roundedAt(decimal: Decimal, decimals: number): Decimal {
  return rounded(decimal, decimal.point + decimals);
}
