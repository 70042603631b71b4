/** Numbers of both dialects and of JSON as exact decimal texts without an exponent: `1.1` for `1.10`, `420` for `0644`. */

const infinities = new Map([
  ['.inf', 'Infinity'],
  ['.Inf', 'Infinity'],
  ['.INF', 'Infinity'],
  ['+.inf', 'Infinity'],
  ['+.Inf', 'Infinity'],
  ['+.INF', 'Infinity'],
  ['-.inf', '-Infinity'],
  ['-.Inf', '-Infinity'],
  ['-.INF', '-Infinity'],
  ['.nan', 'NaN'],
  ['.NaN', 'NaN'],
  ['.NAN', 'NaN'],
]);

/** Most numbers of real files: they are their own text. */
const common = /^(?:0|[1-9][0-9]{0,14})$/;

const goInteger = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const goFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const minInt64 = -(2n ** 63n);
const maxUint64 = 2n ** 64n - 1n;

/** As Go's YAML reads a plain scalar (`resolve.go` of go-yaml 2); undefined for a text. */
export function kubernetesNumber(text: string): string | undefined {
  if (common.test(text)) return text;
  const infinity = infinities.get(text);
  if (infinity !== undefined) return infinity;
  // Underscores go wherever they stand, but for what begins with a dot.
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = goInteger.exec(plain);
  if (integer !== null) {
    const value = integerOf(integer[1] ?? '', integer[2] ?? '');
    if (value >= minInt64 && value <= maxUint64) return value.toString();
  }
  if (!goFloat.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? doubleText(value) : undefined;
}

const pythonInteger = /^([-+]?)(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*)$/;
const pythonFloat = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** As YAML 1.1 reads a plain scalar (https://yaml.org/type/int.html, https://yaml.org/type/float.html, with PyYAML's bounds). */
export function cloudFormationNumber(text: string): string | undefined {
  if (common.test(text)) return text;
  const infinity = infinities.get(text);
  if (infinity !== undefined) return infinity;
  const integer = pythonInteger.exec(text);
  if (integer !== null) {
    const digits = (integer[2] ?? '').replaceAll('_', '');
    return /^0[bx]?$/.test(digits) && digits !== '0' ? undefined : integerOf(integer[1] ?? '', digits).toString();
  }
  if (pythonFloat.test(text)) return decimalText(text.replaceAll('_', ''));
  // A whole one does not begin with 0.
  if (!sexagesimal.test(text) || (!text.includes('.') && /^[-+]?0/.test(text))) return undefined;
  return sexagesimalText(text.replaceAll('_', ''));
}

/** `digits` may begin with `0x`, `0b`, `0o`, or with the 0 of an octal number. */
function integerOf(sign: string, digits: string): bigint {
  const isOctal = /^0[0-7]/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

/** `190:20:30.15`: digits in base 60. */
function sexagesimalText(text: string): string {
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  let value = 0n;
  for (const part of whole.split(':')) value = value * 60n + BigInt(part);
  return decimalText(`${sign}${value}.${fraction}`);
}

/** SAFETY: how many digits an exponent may add before the number is taken for the nearest double. */
const maxExponent = 400;

/** A decimal number with its digits kept: `+007.50` is `7.5`, `1.0e+3` is `1000`. Beyond all doubles it is `Infinity`. */
export function decimalText(text: string): string {
  const match = /^([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?$/.exec(text);
  if (match === null) return 'NaN';
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > maxExponent) return doubleText(Number(text));
  let digits = whole + fraction;
  let point = whole.length + exponent;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  if (point > digits.length) digits += '0'.repeat(point - digits.length);
  const before = digits.slice(0, point).replace(/^0+/, '') || '0';
  const after = digits.slice(point).replace(/0+$/, '');
  const number = after === '' ? before : `${before}.${after}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

/** A double as its shortest decimal text, without an exponent. */
function doubleText(value: number): string {
  const text = String(value);
  return Number.isFinite(value) && text.includes('e') ? decimalText(text) : text === '-0' ? '0' : text;
}

/** A number of JSON: `kubernetes` reads what is no 64-bit integer as a double. */
export function jsonNumber(text: string, dialect: 'cloudformation' | 'kubernetes'): string {
  if (common.test(text)) return text;
  if (dialect === 'cloudformation') return decimalText(text);
  return kubernetesNumber(text) ?? String(Number(text));
}

/**
 * A number of YAML that is a key in Kubernetes: whole ones as they are, others as Go formats a 32-bit float
 * (`FormatFloat(x, 'g', -1, 32)`).
 */
export function kubernetesKey(text: string, spelling: string): string {
  if (common.test(spelling) || goInteger.test(spelling.replaceAll('_', ''))) return text;
  const value = Math.fround(Number(text));
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  let digits = value.toExponential(8);
  for (let precision = 0; precision < 9; precision++) {
    const candidate = value.toExponential(precision);
    if (Math.fround(Number(candidate)) !== value) continue;
    digits = candidate;
    break;
  }
  const [mantissa = '', exponent = '0'] = digits.split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return decimalText(digits);
  const two = String(Math.abs(power)).padStart(2, '0');
  return `${mantissa}e${power < 0 ? '-' : '+'}${two}`;
}
