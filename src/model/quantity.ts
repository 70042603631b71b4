/** A decimal number, and a binary or decimal suffix or an exponent. */
const QUANTITY = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([numkMGTPE]?)|[eE]([+-]?\d{1,3}))$/;

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** From nano to exa, a thousand each. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const NANO = 1_000_000_000n;

// SAFETY: digits of a quantity; nobody has that much of anything.
const maxDigits = 100;

/**
 * The spelling that the API server gives an amount: the largest suffix that leaves no fraction (`0.5` is `500m`, `1e3` is
 * `1k`, `1024Mi` is `1Gi`). With `isRounded`, rounded away from zero to thousandths, as limits and requests are. Undefined where the
 * text is no quantity.
 *
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string, isRounded: boolean): string | undefined {
  const known = isRounded ? rounded : exact;
  if (known.has(text)) return known.get(text);
  const canonical = computeQuantity(text, isRounded);
  if (known.size < maxRemembered) known.set(text, canonical);
  return canonical;
}

/** SAFETY: how many amounts are remembered; a project writes the same few everywhere. */
const maxRemembered = 10_000;
const rounded = new Map<string, string | undefined>();
const exact = new Map<string, string | undefined>();

function computeQuantity(text: string, isRounded: boolean): string | undefined {
  const match = text.length > maxDigits ? null : QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = '', binary, decimal = '', exponent] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const mantissa = BigInt(`${whole}${fraction}` || '0');
  const scale = 10n ** BigInt(fraction.length);
  const nanos = toNanos(mantissa, scale, { binary, decimal, exponent });
  if (nanos === undefined) return undefined;
  const kept = isRounded ? divideUp(nanos, 1_000_000n) * 1_000_000n : nanos;
  if (kept === 0n) return '0';
  const signed = sign === '-' ? '-' : '';
  if (binary !== undefined && kept % NANO === 0n && kept / NANO >= 1024n) {
    return `${signed}${withBinarySuffix(kept / NANO)}`;
  }
  return `${signed}${exponent === undefined ? withDecimalSuffix(kept) : withExponent(kept)}`;
}

interface Suffix {
  readonly binary: string | undefined;
  readonly decimal: string;
  readonly exponent: string | undefined;
}

/** In billionths, what is smaller rounded up. */
function toNanos(mantissa: bigint, scale: bigint, { binary, decimal, exponent }: Suffix): bigint | undefined {
  if (binary !== undefined) {
    const factor = 1024n ** BigInt(BINARY.indexOf(binary));
    return divideUp(mantissa * factor * NANO, scale);
  }
  const power = exponent === undefined ? (DECIMAL.indexOf(decimal) - 3) * 3 : Number(exponent);
  const shifted = power + 9;
  return shifted >= 0
    ? divideUp(mantissa * 10n ** BigInt(shifted), scale)
    : divideUp(mantissa, scale * 10n ** BigInt(-shifted));
}

function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

function withBinarySuffix(value: bigint): string {
  let [rest, power] = [value, 0];
  while (rest % 1024n === 0n && power < BINARY.length - 1) {
    rest /= 1024n;
    power++;
  }
  return `${rest}${BINARY[power] ?? ''}`;
}

function withDecimalSuffix(nanos: bigint): string {
  let [rest, power] = [nanos, 0];
  while (rest % 1000n === 0n && power < DECIMAL.length - 1) {
    rest /= 1000n;
    power++;
  }
  return `${rest}${DECIMAL[power] ?? ''}`;
}

function withExponent(nanos: bigint): string {
  let [rest, power] = [nanos, -9];
  while (rest % 1000n === 0n) {
    rest /= 1000n;
    power += 3;
  }
  return power === 0 ? `${rest}` : `${rest}e${power}`;
}
