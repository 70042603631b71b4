import { type OperatorTest, ofPlain } from './test.js';

/** Compares decimal numbers exactly; what is no number matches nothing. */
export function numeric(isMatch: (order: number) => boolean): OperatorTest {
  return ofPlain((policy, request) => {
    const limit = toDecimal(policy);
    const given = toDecimal(request);
    return limit !== undefined && given !== undefined && isMatch(compareDecimals(given, limit));
  });
}

interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** SAFETY: longer numbers are none. */
const maxDigits = 1000;

function toDecimal(text: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '' || whole.length + fraction.length > maxDigits) return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

function compareDecimals(some: Decimal, other: Decimal): number {
  const a = some.digits * 10n ** BigInt(other.scale);
  const b = other.digits * 10n ** BigInt(some.scale);
  return a < b ? -1 : a > b ? 1 : 0;
}
