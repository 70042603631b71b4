import { BOOL, NUMBER, STRING } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { isWhollyKnown, unknownValue } from '../../../model/values.js';
import { maxTextLength } from '../expression/context.js';
import { convertValue } from '../values/convert.js';
import { encodeJson, escapeJson } from '../values/json.js';
import { toInteger } from '../values/number.js';
import { concatTexts, unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, kindOf, textParameter, textValue } from './define.js';
import { formatFloat, formatInteger, formatPlainNumber } from './format-number.js';
import { FunctionFailure, FunctionLimit, unsuitable } from './function.js';
import { graphemesOf } from './graphemes.js';

/** SAFETY: how wide one verb may pad, and how many digits it may print. */
const maxWidth = 100_000;

export interface Verb {
  readonly raw: string;
  readonly offset: number;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** 1 is the first. */
  readonly argument: number;
  readonly mode: string;
}

type Piece = string | Verb;

const VERB = /%([-+ #0]*)(\d+)?(?:\.(\d*))?(?:\[(\d+)\])?(.?)/suy;

/** The text and the verbs of a format (cty's `format`, https://developer.hashicorp.com/terraform/language/functions/format). */
function parseFormat(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let next = 1;
  let at = 0;
  let offset = 0;
  let measured = 0;
  while (at < format.length) {
    const percent = format.indexOf('%', at);
    if (percent === -1) break;
    if (percent > at) pieces.push(format.slice(at, percent));
    if (format.startsWith('%%', percent)) {
      pieces.push('%');
      at = percent + 2;
      continue;
    }
    VERB.lastIndex = percent;
    const match = VERB.exec(format);
    const [raw = '', flags = '', width, precision, index, mode = ''] = match ?? [];
    offset += Buffer.byteLength(format.slice(measured, percent));
    measured = percent;
    if (mode === '') throw new FunctionFailure('unexpected end of string; expected a format verb', 0);
    if (!/[a-zA-Z]/.test(mode)) {
      throw new FunctionFailure(`unrecognized format character '${mode}' at offset ${offset + raw.length - 1}`, 0);
    }
    const argument = index === undefined ? next : Number(index);
    const verb = {
      raw,
      offset,
      flags,
      width: width === undefined ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision || 0),
      argument,
      mode,
    };
    if ((verb.width ?? 0) > maxWidth || (verb.precision ?? 0) > maxWidth) {
      throw new FunctionLimit(`"${raw}" is wider than ${maxWidth} characters`, 0);
    }
    pieces.push(verb);
    next = argument + 1;
    at = percent + raw.length;
  }
  if (at < format.length) pieces.push(format.slice(at));
  return pieces;
}

/** Where a verb is not one that exists, or an argument is missing or not used. */
function checkVerbs(pieces: readonly Piece[], count: number): void {
  let highest = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    const { raw, offset, argument, mode } = piece;
    if (!'vtbdoxXeEfgGsq'.includes(mode)) {
      throw new FunctionFailure(`unsupported format verb '${mode}' in "${raw}" at offset ${offset}`);
    }
    if (argument > count || argument < 1) {
      throw new FunctionFailure(
        `not enough arguments for "${raw}" at ${offset}: need index ${argument} but have ${count} total`,
      );
    }
    highest = Math.max(highest, argument);
  }
  if (highest < count) {
    const message = highest === 0 ? 'no verbs in format string' : `only ${highest} used by format string`;
    throw new FunctionFailure(`too many arguments; ${message}`, highest + 1);
  }
}

/** The text that the format makes of these arguments; what is known of it where some are not. */
export function formatText(format: string, args: readonly Value[]): Value {
  const pieces = parseFormat(format);
  checkVerbs(pieces, args.length);
  let length = 0;
  const texts = pieces.map((piece) => {
    const text = typeof piece === 'string' ? textValue(piece) : formatOne(piece, argumentAt(args, piece.argument - 1));
    length += text.kind === 'string' ? text.value.length : 0;
    if (length > maxTextLength) throw new FunctionLimit(`the text is longer than ${maxTextLength} characters`);
    return text;
  });
  return concatTexts(texts);
}

function formatOne(verb: Verb, arg: Value): Value {
  if (arg.kind === 'null' && verb.mode !== 'v') {
    throw new FunctionFailure(
      `unsupported value for "${verb.raw}" at ${verb.offset}: null value cannot be formatted`,
      verb.argument,
    );
  }
  if (!isWhollyKnown(arg)) return formatUnknown(verb, arg);
  switch (verb.mode) {
    case 'v':
      return textValue(pad(verb, asIs(verb, arg)));
    case 't':
      // Terraform does not pad it.
      return textValue(String(converted(verb, arg, BOOL, 'bool').value));
    case 's':
    case 'q':
      return textValue(pad(verb, asText(verb, arg)));
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X': {
      const integer = toInteger(converted(verb, arg, NUMBER, 'number'));
      if (integer === undefined) throw unsupported(verb, 'an integer is required');
      return textValue(formatInteger(verb, integer));
    }
    default:
      return textValue(formatFloat(verb, converted(verb, arg, NUMBER, 'number')));
  }
}

function unsupported(verb: Verb, reason: string, isLimit?: boolean): FunctionFailure {
  return unsuitable(isLimit, `unsupported value for "${verb.raw}" at ${verb.offset}: ${reason}`, verb.argument);
}

function converted<K extends 'bool' | 'number' | 'string'>(
  verb: Verb,
  arg: Value,
  type: { readonly kind: string } & (typeof BOOL | typeof NUMBER | typeof STRING),
  kind: K,
): Extract<Value, { kind: K }> {
  const result = convertValue(arg, type);
  if (!result.ok) throw unsupported(verb, result.message, result.isLimit);
  if (!isKind(result.value, kind)) throw unsupported(verb, `a ${kind} is required`);
  return result.value;
}

function isKind<K extends Value['kind']>(value: Value, kind: K): value is Extract<Value, { kind: K }> {
  return value.kind === kind;
}

function asIs(verb: Verb, arg: Value): string {
  if (!verb.flags.includes('#')) {
    if (arg.kind === 'string') return arg.value;
    if (arg.kind === 'number') return formatPlainNumber(arg);
  }
  const json = encodeJson(arg);
  return json.kind === 'string' ? json.value : '';
}

function asText(verb: Verb, arg: Value): string {
  const text = converted(verb, arg, STRING, 'string').value;
  const isCut = verb.precision !== undefined && verb.precision > 0;
  const kept = isCut ? graphemesOf(text).slice(0, verb.precision).join('') : text;
  return verb.mode === 'q' ? `"${escapeJson(kept)}"` : kept;
}

function pad(verb: Verb, text: string): string {
  const missing = (verb.width ?? 0) - graphemesOf(text).length;
  if (missing <= 0) return text;
  const padding = (verb.flags.includes('0') ? '0' : ' ').repeat(missing);
  return verb.flags.includes('-') ? text + padding : padding + text;
}

/** An unknown in place of a verb: itself where the verb prints it as it is. */
function formatUnknown(verb: Verb, arg: Value): Value {
  const isPlain = verb.width === undefined && verb.precision === undefined && verb.flags === '';
  const isText = kindOf(arg) === 'string';
  if (isPlain && isText && (verb.mode === 's' || verb.mode === 'v') && arg.kind === 'unknown') {
    return { ...arg, notNull: true };
  }
  if (isPlain && verb.mode === 's' && arg.kind === 'unknown') {
    const text = convertValue(arg, STRING);
    if (!text.ok) throw unsupported(verb, text.message);
    if (text.value.kind === 'unknown') return { ...text.value, notNull: true };
  }
  if (isPlain && verb.mode === 'v' && arg.kind !== 'unknown') return encodeJson(arg);
  return unknownFrom([arg], STRING, { notNull: true });
}

export const format = define({
  name: 'format',
  parameters: [textParameter('format', 'u')],
  variadic: anyParameter('args', 'un'),
  returns: STRING,
  call(args) {
    const [text, ...values] = [argumentAt(args, 0), ...args.slice(1)];
    if (text.kind !== 'string') return unknownFrom(args, STRING, { notNull: true });
    // Terraform cannot say what an untyped null is and leaves the result unknown.
    if (values.some((value) => value.kind === 'null' && value.type === undefined)) {
      return unknownValue('invalid-value', { type: STRING, notNull: true });
    }
    return formatText(text.value, values);
  },
});
