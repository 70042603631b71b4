import type { BigFloat } from '../../model/big-float.js';
import type { NumberValue, Origin } from '../../model/value.js';
import { numberValue } from '../../model/values.js';

/** SAFETY: a number with more digits is kept as its double. */
const maxDigits = 1_000;

/** A number as a plan writes it; an integer beyond those of a double keeps its digits. */
export function readNumber(text: string, origin: Origin | undefined): NumberValue {
  const value = numberValue(Number(text), origin);
  if (Number.isSafeInteger(value.value) || text.length > maxDigits || !/^-?[0-9]+$/.test(text)) return value;
  const exact = exactInteger(BigInt(text));
  return exact === undefined ? value : { ...value, exact };
}

/** The integer as an odd mantissa and an exponent; undefined where the double is exact. */
function exactInteger(integer: bigint): BigFloat | undefined {
  if (BigInt(Number(integer)) === integer) return undefined;
  let mantissa = integer;
  let exponent = 0;
  for (; mantissa % 2n === 0n; exponent++) mantissa /= 2n;
  return { mantissa, exponent };
}

/** A number as a text attribute holds it: as it is written, without an exponent where there is none. */
export function toText(text: string): string {
  return /[eE]/.test(text) ? String(Number(text)) : text;
}
