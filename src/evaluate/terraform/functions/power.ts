/**
 * `x` to the power of `y` as Go's `math.Pow` computes it: with its rounding in every step, for `**` differs in the last
 * digit. The special cases are those of IEEE 754.
 */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (y === 1) return x;
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) {
    return Math.abs(x) === 1 && !Number.isFinite(y) ? 1 : x ** y;
  }
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  const size = Math.abs(y);
  let whole = Math.trunc(size);
  let fraction = size - whole;
  if (fraction !== 0 && x < 0) return Number.NaN;
  // So large an exponent leaves nothing between 0, 1 and infinity.
  if (whole >= 2 ** 63) {
    if (x === -1) return 1;
    return Math.abs(x) < 1 === y > 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  let result = 1;
  let exponent = 0;
  if (fraction !== 0) {
    if (fraction > 0.5) {
      fraction--;
      whole++;
    }
    result = Math.exp(fraction * Math.log(x));
  }
  let { mantissa, shift } = splitFloat(x);
  for (let rest = BigInt(whole); rest !== 0n; rest >>= 1n) {
    if (shift < -(2 ** 12) || shift > 2 ** 12) {
      exponent += shift;
      break;
    }
    if ((rest & 1n) === 1n) {
      result *= mantissa;
      exponent += shift;
    }
    mantissa *= mantissa;
    shift <<= 1;
    if (mantissa < 0.5) {
      mantissa += mantissa;
      shift--;
    }
  }
  if (y < 0) {
    result = 1 / result;
    exponent = -exponent;
  }
  return scale(result, exponent);
}

/** The mantissa in [½, 1) and the power of two (C's `frexp`). */
function splitFloat(x: number): { mantissa: number; shift: number } {
  let mantissa = x;
  let shift = 0;
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    shift++;
  }
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    shift--;
  }
  return { mantissa, shift };
}

/** C's `ldexp`: the last step alone may round. */
function scale(x: number, exponent: number): number {
  const { mantissa, shift } = splitFloat(x);
  const total = shift + exponent;
  if (total > 1024) return mantissa * Number.POSITIVE_INFINITY;
  if (total < -1100) return 0 * mantissa;
  const half = Math.trunc(total / 2);
  const isSubnormal = total < -1021;
  return isSubnormal ? mantissa * 2 ** (total + 100) * 2 ** -100 : mantissa * 2 ** half * 2 ** (total - half);
}
