import type { YamlNode, YamlScalar } from './ast.js';

export type ResolvedScalar =
  | { readonly kind: 'string'; readonly value: string }
  /** A number as JSON writes it, or `Infinity`, `-Infinity`, `NaN`. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/**
 * - `core`: the core schema of YAML 1.2.2 (https://yaml.org/spec/1.2.2/#103-core-schema), for files of our own.
 * - `terraform`: what Terraform's `yamldecode` reads.
 */
export type YamlDialect = 'core' | 'terraform';

const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const coreBooleans = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const terraformBooleans = new Map([
  ...coreBooleans,
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const based = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;
const date =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?))?$/;

/** What a scalar is in a dialect. A tag that the dialect does not know is `unsupportedTag`'s to say; here it is ignored. */
export function resolveScalar(scalar: YamlScalar, dialect: YamlDialect): ResolvedScalar {
  const { tag, style } = scalar;
  const text = dialect === 'terraform' && scalar.isCutShort === true ? scalar.text.replace(/\n$/, '') : scalar.text;
  const string: ResolvedScalar = { kind: 'string', value: text };
  if (tag === '!!str' || tag === '!!binary' || tag === '!') return string;
  const isTyped = tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null';
  // Terraform takes what is quoted for a string, whatever its tag says.
  if (style !== 'plain' && (dialect === 'terraform' || !isTyped)) return string;
  if (tag !== undefined && !isTyped && dialect === 'core') return string;
  if (tag === '!!null' || nulls.has(text)) return { kind: 'null' };
  const bool = (dialect === 'core' ? coreBooleans : terraformBooleans).get(text);
  if (bool !== undefined) return { kind: 'bool', value: bool };
  const number = numberOf(text);
  if (number !== undefined) return { kind: 'number', text: number };
  const time = dialect === 'terraform' ? timeOf(text) : undefined;
  return time === undefined ? string : { kind: 'string', value: time };
}

const knownTags = new Set([
  '!!str',
  '!!int',
  '!!float',
  '!!bool',
  '!!null',
  '!!map',
  '!!seq',
  '!!binary',
  '!!timestamp',
]);

/** The node's own tag, if the dialect does not know it or it does not fit the node: `yamldecode` is an error there. */
export function unsupportedTag(node: YamlNode, dialect: YamlDialect): string | undefined {
  const { tag } = node;
  if (tag === undefined) return undefined;
  if (!knownTags.has(tag)) return tag === '!' && dialect === 'core' ? undefined : tag;
  if ((tag === '!!map') !== (node.kind === 'mapping') && (tag === '!!map' || node.kind === 'mapping')) return tag;
  if ((tag === '!!seq') !== (node.kind === 'sequence') && (tag === '!!seq' || node.kind === 'sequence')) return tag;
  if (node.kind !== 'scalar' || (node.style !== 'plain' && dialect === 'terraform')) return undefined;
  const isNumber = resolveScalar(node, dialect).kind === 'number';
  return (tag === '!!int' || tag === '!!float') && !isNumber ? tag : undefined;
}

function numberOf(text: string): string | undefined {
  const first = text.charCodeAt(0);
  const canBegin = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!canBegin) return undefined;
  if (based.test(text)) return BigInt(text).toString();
  if (decimal.test(text)) return toJsonNumber(text);
  if (infinity.test(text)) return first === 45 ? '-Infinity' : 'Infinity';
  return notANumber.test(text) ? 'NaN' : undefined;
}

/** `+007.50` is `7.50`, `.5` is `0.5`, `1.` is `1`. */
function toJsonNumber(text: string): string {
  const sign = text.startsWith('-') ? '-' : '';
  const unsigned = text.replace(/^[-+]/, '');
  const exponentAt = unsigned.search(/[eE]/);
  const mantissa = exponentAt === -1 ? unsigned : unsigned.slice(0, exponentAt);
  const exponent = exponentAt === -1 ? '' : unsigned.slice(exponentAt);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole.replace(/^0+/, '');
  return `${sign}${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}${exponent}`;
}

/** A date or time as `yamldecode` gives it: RFC 3339 without fractions of a second. */
function timeOf(text: string): string | undefined {
  const match = date.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const hour = match[4] ?? match[8] ?? '0';
  const minute = match[5] ?? match[9] ?? '0';
  const second = match[6] ?? match[10] ?? '0';
  const monthDays = [31, isLeapYear(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1];
  if (monthDays === undefined || Number(day) < 1 || Number(day) > monthDays) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (digits: string): string => digits.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${match[7] ?? 'Z'}`;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
