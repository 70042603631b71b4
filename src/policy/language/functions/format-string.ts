import { compareText } from '../../../source/compare-text.js';
import { decodeUtf8 } from '../../../source/decode-utf8.js';
import { isNumeric } from '../numbers.js';
import { entriesOf, policyError, type RuntimeValue, toText, typeName, unknownFrom } from '../runtime-value.js';
import { renderDuration, renderTimestamp } from '../times.js';

/** `"%s is %d".format([…])` of the strings extension. */
export function formatString([template, list]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (template?.kind !== 'string' || list?.kind !== 'list') return undefined;
  const unknown = list.elements.filter((element) => element.kind === 'unknown');
  if (unknown.length > 0 || list.rest !== undefined || list.existence !== undefined) return unknownFrom([list]);
  let result = '';
  let [at, next] = [0, 0];
  const text = template.value;
  while (at < text.length) {
    const percent = text.indexOf('%', at);
    if (percent === -1) break;
    result += text.slice(at, percent);
    if (text[percent + 1] === '%') {
      result += '%';
      at = percent + 2;
      continue;
    }
    const clause = /^%(?:\.(\d+))?([a-zA-Z])/.exec(text.slice(percent, percent + 16));
    if (clause === null) return policyError('A "%" stands for no value: write "%%".');
    const value = list.elements[next++];
    if (value === undefined) return policyError(`The list has no element ${next - 1} for "${clause[0]}".`);
    const rendered = renderClause(clause[2] ?? '', clause[1] === undefined ? undefined : Number(clause[1]), value);
    if (typeof rendered !== 'string') return rendered;
    result += rendered;
    at = percent + clause[0].length;
  }
  return toText(result + text.slice(at));
}

function renderClause(verb: string, precision: number | undefined, value: RuntimeValue): string | RuntimeValue {
  const rendered = renderVerb(verb, precision, value);
  return rendered ?? policyError(`"%${verb}" does not take ${typeName(value)}.`);
}

function renderVerb(verb: string, precision: number | undefined, value: RuntimeValue): string | undefined {
  switch (verb) {
    case 's':
      return renderString(value);
    case 'd':
      if (value.kind === 'double' && !Number.isFinite(value.value)) return renderNumber(value.value);
      return isWhole(value) ? String(BigInt(value.value)) : undefined;
    case 'f':
      return isNumeric(value) ? renderFixed(Number(value.value), precision ?? 6) : undefined;
    case 'e':
      return isNumeric(value) ? renderScientific(Number(value.value), precision ?? 6) : undefined;
    case 'b':
      if (value.kind === 'bool') return value.value ? '1' : '0';
      return isWhole(value) ? BigInt(value.value).toString(2) : undefined;
    case 'o':
      return isWhole(value) ? BigInt(value.value).toString(8) : undefined;
    case 'x':
      return renderHexadecimal(value);
    case 'X':
      return renderHexadecimal(value)?.toUpperCase();
    default:
      return undefined;
  }
}

function isWhole(value: RuntimeValue): value is Extract<RuntimeValue, { value: bigint | number }> {
  return value.kind === 'int' || value.kind === 'uint' || (value.kind === 'number' && Number.isInteger(value.value));
}

function renderHexadecimal(value: RuntimeValue): string | undefined {
  if (isWhole(value)) return BigInt(value.value).toString(16);
  const bytes = value.kind === 'bytes' ? value.value : value.kind === 'string' ? toByteText(value.value) : undefined;
  return bytes === undefined
    ? undefined
    : [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** UTF-8, one character a byte. */
export function toByteText(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** UTF-8 from one character a byte; undefined where it is none. */
export function fromByteText(bytes: string): string | undefined {
  return decodeUtf8(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function renderNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  return renderDouble(value);
}

/** A double as `string()` and `%s` print it. */
export function renderDouble(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function renderFixed(value: number, precision: number): string {
  return Number.isFinite(value) ? roundHalfEven(value, Math.min(precision, 100)) : renderNumber(value);
}

/** The exact binary value rounded to so many decimals, a tie to the even digit. */
function roundHalfEven(value: number, precision: number): string {
  let [mantissa, shift] = [Math.abs(value), 0];
  while (!Number.isInteger(mantissa)) [mantissa, shift] = [mantissa * 2, shift + 1];
  const scaled = BigInt(mantissa) * 10n ** BigInt(precision);
  const unit = 1n << BigInt(shift);
  const rest = (scaled % unit) * 2n;
  let whole = scaled / unit;
  if (rest > unit || (rest === unit && whole % 2n === 1n)) whole++;
  const digits = String(whole).padStart(precision + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (precision === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function renderScientific(value: number, precision: number): string {
  if (!Number.isFinite(value)) return renderNumber(value);
  return value.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function renderString(value: RuntimeValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'bytes':
      return fromByteText(value.value) ?? '\ufffd';
    case 'bool':
    case 'int':
    case 'uint':
      return String(value.value);
    case 'number':
    case 'double':
      return renderNumber(value.value);
    case 'null':
      return 'null';
    case 'type':
      return value.value;
    case 'timestamp':
      return renderTimestamp(value);
    case 'duration':
      return renderDuration(value.value);
    case 'list': {
      const inner = value.elements.map(renderString);
      return inner.includes(undefined) ? undefined : `[${inner.join(', ')}]`;
    }
    case 'map':
    case 'object': {
      const inner = entriesOf(value).map((entry) => `${renderString(entry.key)}: ${renderString(entry.value)}`);
      return `{${inner.sort(compareText).join(', ')}}`;
    }
    default:
      return undefined;
  }
}
