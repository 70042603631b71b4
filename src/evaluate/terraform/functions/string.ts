import { BOOL, listOf, STRING } from '../../../model/type.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { boolValue, stringValue } from '../../../model/values.js';
import { derivedIdentity } from '../expression/alternatives.js';
import { maxElements, maxTextLength } from '../expression/context.js';
import { listValueOf } from '../values/collections.js';
import { certainPrefix } from '../values/equality.js';
import { concatTexts, knownPrefix, knownSuffix, unknownFrom } from '../values/unknown.js';
import {
  argumentAt,
  define,
  integerOf,
  numberParameter,
  parameter,
  textFunction,
  textOf,
  textParameter,
  textValue,
} from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { graphemesOf } from './graphemes.js';
import { matchingCost, replacePattern } from './regex.js';

/** The letters whose upper case is one character in Go and several in the full mapping of JavaScript. */
const IOTA_LETTERS: ReadonlyMap<number, number> = new Map([
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
]);

/** Go's simple mapping, character by character: `ß` stays. */
function upperCharacter(character: string): string {
  const upper = character.toUpperCase();
  if ([...upper].length === 1) return upper;
  const code = character.codePointAt(0) ?? 0;
  const isIota = code >= 0x1f80 && code <= 0x1faf;
  if (isIota) return String.fromCodePoint(code | 8);
  return String.fromCodePoint(IOTA_LETTERS.get(code) ?? code);
}

function lowerCharacter(character: string): string {
  return character === '\u0130' ? 'i' : character.toLowerCase();
}

const upper = (text: string) => Array.from(text, upperCharacter).join('');
const lower = (text: string) => Array.from(text, lowerCharacter).join('');

/** A mapping of characters: the known parts of an unknown text are mapped as well. */
function characterMapping(name: string, map: (text: string) => string): TerraformFunction {
  return define({
    name,
    parameters: [textParameter('str', 'u')],
    returns: STRING,
    call: (args) => mapText(name, argumentAt(args, 0), map),
  });
}

/** A text each stretch of which is mapped by itself; its unknown parts are other ones then. */
function mapText(name: string, text: Value, map: (text: string) => string): Value {
  if (text.kind === 'string') return textValue(map(text.value));
  if (text.kind !== 'unknown' || text.parts === undefined) return unknownFrom([text], STRING, { notNull: true });
  const parts = text.parts.map((part): Value => {
    if (typeof part === 'string') return stringValue(map(part));
    const identity = derivedIdentity(name, [part]);
    return unknownFrom([part], STRING, { notNull: true, ...(identity !== undefined && { identity }) });
  });
  return concatTexts(parts);
}

/** Go's `strings.Title`: a letter after what is no letter, digit or underscore. */
function title(text: string): string {
  let isInWord = false;
  return Array.from(text, (character) => {
    const isFirst = !isInWord;
    isInWord = character.codePointAt(0) === undefined ? false : !isSeparator(character);
    return isFirst ? titleCharacter(character) : character;
  }).join('');
}

/** The letters of two, whose title case is not their upper case: the first, in upper case, stands before it. */
const DOUBLE_LETTERS = ['\u01c4\u01c5\u01c6', '\u01c7\u01c8\u01c9', '\u01ca\u01cb\u01cc', '\u01f1\u01f2\u01f3'];

function titleCharacter(character: string): string {
  const double = DOUBLE_LETTERS.find((forms) => forms.includes(character));
  if (double !== undefined) return double[1] ?? character;
  // Georgian has no title case.
  return /[\u10d0-\u10fa\u10fd-\u10ff]/.test(character) ? character : upperCharacter(character);
}

function isSeparator(character: string): boolean {
  if (/[\p{L}\p{Nd}_]/u.test(character)) return false;
  return (character.codePointAt(0) ?? 0) < 0x80 || GO_SPACE.test(character);
}

const SPACES = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const GO_SPACE = new RegExp(`^[${SPACES}]$`);

function trimSpace(text: string): string {
  const isSpace = (character: string) => GO_SPACE.test(character);
  return trimWhere(text, isSpace);
}

function trimWhere(text: string, isDropped: (character: string) => boolean): string {
  const characters = [...text];
  let start = 0;
  let end = characters.length;
  while (start < end && isDropped(characters[start] ?? '')) start++;
  while (end > start && isDropped(characters[end - 1] ?? '')) end--;
  return characters.slice(start, end).join('');
}

function trim(text: string, cutset: string): string {
  const dropped = new Set(cutset);
  return trimWhere(text, (character) => dropped.has(character));
}

/** `trimprefix` and `trimsuffix`: of an unknown text the known part at that end is trimmed. */
function trimEnd(name: 'trimprefix' | 'trimsuffix', other: 'prefix' | 'suffix'): TerraformFunction {
  return define({
    name,
    parameters: [textParameter('str', 'u'), textParameter(other)],
    returns: STRING,
    call(args) {
      const text = argumentAt(args, 0);
      const cut = textOf(args[1]);
      if (text.kind === 'string') {
        const has = other === 'prefix' ? text.value.startsWith(cut) : text.value.endsWith(cut);
        if (!has) return text;
        return textValue(
          other === 'prefix' ? text.value.slice(cut.length) : text.value.slice(0, text.value.length - cut.length),
        );
      }
      if (text.kind !== 'unknown') return text;
      const known = other === 'prefix' ? knownPrefix(text) : knownSuffix(text);
      const isTooShort = known.length < cut.length || text.parts === undefined;
      const canBegin = other === 'prefix' ? cut.startsWith(known) : cut.endsWith(known);
      if (cut === '' || (isTooShort && !canBegin)) return text;
      if (isTooShort || text.parts === undefined) return unknownFrom(args, STRING, { notNull: true });
      const has = other === 'prefix' ? known.startsWith(cut) : known.endsWith(cut);
      if (!has) return text;
      const parts = text.parts.map((part): Value => (typeof part === 'string' ? stringValue(part) : part));
      const kept = other === 'prefix' ? known.slice(cut.length) : known.slice(0, known.length - cut.length);
      parts[other === 'prefix' ? 0 : parts.length - 1] = stringValue(kept);
      return concatTexts(parts);
    },
  });
}

interface Test {
  readonly name: string;
  readonly other: string;
  readonly isSo: (text: string, other: string) => boolean;
  /** The answer for a text of which only parts are known, or undefined. */
  readonly decide: (text: UnknownValue, other: string) => boolean | undefined;
}

function textTest({ name, other, isSo, decide }: Test): TerraformFunction {
  return define({
    name,
    parameters: [textParameter('str', 'u'), textParameter(other, 'u')],
    returns: BOOL,
    call(args) {
      const [text, wanted] = [argumentAt(args, 0), argumentAt(args, 1)];
      if (text.kind === 'string' && wanted.kind === 'string') return boolValue(isSo(text.value, wanted.value));
      const answer = text.kind === 'unknown' && wanted.kind === 'string' ? decide(text, wanted.value) : undefined;
      return answer === undefined ? unknownFrom(args, BOOL, { notNull: true, refersTo: undefined }) : boolValue(answer);
    },
  });
}

const startsWith = textTest({
  name: 'startswith',
  other: 'prefix',
  isSo: (text, prefix) => text.startsWith(prefix),
  decide(text, prefix) {
    const known = knownPrefix(text);
    if (known.length >= prefix.length) return known.startsWith(prefix);
    return prefix.startsWith(known) ? undefined : false;
  },
});

const endsWith = textTest({
  name: 'endswith',
  other: 'suffix',
  isSo: (text, suffix) => text.endsWith(suffix),
  decide(text, suffix) {
    const known = knownSuffix(text);
    if (known.length >= suffix.length) return known.endsWith(suffix);
    return suffix.endsWith(known) ? undefined : false;
  },
});

const strContains = textTest({
  name: 'strcontains',
  other: 'substr',
  isSo: (text, part) => text.includes(part),
  decide(text, wanted) {
    if (wanted === '') return true;
    return text.parts?.some((part) => typeof part === 'string' && part.includes(wanted)) === true ? true : undefined;
  },
});

const substr = define({
  name: 'substr',
  parameters: [textParameter('str', 'u'), numberParameter('offset'), numberParameter('length')],
  returns: STRING,
  call(args) {
    const text = argumentAt(args, 0);
    const [offset, length] = [integerOf(args[1], 1), integerOf(args[2], 2)];
    if (text.kind === 'string') return textValue(substring(text.value, offset, length));
    if (length === 0 && offset >= 0) return textValue('');
    // The last character of the known beginning may be completed by what follows it.
    const known = graphemesOf(knownPrefix(text)).slice(0, -1);
    if (offset >= 0 && length > 0 && offset + length <= known.length) {
      return textValue(known.slice(offset, offset + length).join(''));
    }
    if (offset === 0 && length < 0) return text;
    return unknownFrom(args, STRING, { notNull: true });
  },
});

function substring(text: string, offset: number, length: number): string {
  const characters = graphemesOf(text);
  const start = offset < 0 ? Math.max(0, characters.length + offset) : offset;
  // Terraform takes no characters for all of them where it counts from the end.
  const isToEnd = length < 0 || (length === 0 && offset < 0);
  return characters.slice(start, isToEnd ? undefined : start + length).join('');
}

const join = define({
  name: 'join',
  parameters: [textParameter('separator', 'u')],
  variadic: parameter('lists', listOf(STRING), 'u'),
  returns: STRING,
  call(args) {
    const [separator, ...lists] = [argumentAt(args, 0), ...args.slice(1)];
    if (lists.length === 0) throw new FunctionFailure('at least one list is required');
    const texts: Value[] = [];
    let isOpen = false;
    for (const [index, list] of lists.entries()) {
      const certain = list.kind === 'list' ? certainPrefix(list) : 0;
      for (const [position, text] of (list.kind === 'list' ? list.elements.slice(0, certain) : []).entries()) {
        if (text.kind === 'null') {
          const message = `element ${position} of list ${index} is null; cannot concatenate null values`;
          throw new FunctionFailure(message, index + 1);
        }
        if (texts.length > 0) texts.push(separator);
        texts.push(text);
      }
      isOpen = list.kind !== 'list' || list.rest !== undefined || certain < list.elements.length;
      if (isOpen) break;
    }
    if (isOpen) texts.push(unknownFrom(lists, STRING, { notNull: true }));
    checkLength(texts);
    return concatTexts(texts);
  },
});

function checkLength(texts: readonly Value[]): void {
  const length = texts.reduce((sum, text) => sum + (text.kind === 'string' ? text.value.length : 0), 0);
  if (length > maxTextLength) throw new FunctionLimit(`the text is longer than ${maxTextLength} characters`);
}

const split = define({
  name: 'split',
  parameters: [textParameter('separator'), textParameter('string', 'u')],
  returns: listOf(STRING),
  call(args) {
    const separator = textOf(args[0]);
    const text = argumentAt(args, 1);
    if (text.kind !== 'string') return splitPartly(separator, text);
    const pieces = separator === '' ? [...text.value] : text.value.split(separator);
    if (pieces.length > maxElements) throw new FunctionLimit(`there are more than ${maxElements} pieces`);
    return listValueOf(pieces.map(textValue), STRING);
  },
});

/** The pieces at the known beginning and end; between them one that is not known, and any number of others. */
function splitPartly(separator: string, text: Value): Value {
  const before = separator === '' ? [''] : knownPrefix(text).split(separator);
  // Where a separator of several characters begins may depend on what stands before it.
  const after = separator.length === 1 ? knownSuffix(text).split(separator) : [''];
  if (before.length === 1 && after.length === 1) return unknownFrom([text], listOf(STRING), { notNull: true });
  const hole = unknownFrom([text], STRING, { notNull: true });
  const first = concatTexts([stringValue(before[before.length - 1] ?? ''), hole]);
  const elements = [...before.slice(0, -1).map(textValue), first, hole, ...after.slice(1).map(textValue)];
  return { ...listValueOf(elements, STRING), existence: new Map([[before.length, 'any-number']]) };
}

function replace(text: string, wanted: string, replacement: string): string {
  if (isPattern(wanted)) return replacePattern(text, wanted.slice(1, -1), replacement);
  const pieces = wanted === '' ? ['', ...text, ''] : text.split(wanted);
  if (wanted === '' && text === '') return replacement;
  const length = text.length + pieces.length * replacement.length;
  if (length > maxTextLength) throw new FunctionLimit(`the text is longer than ${maxTextLength} characters`);
  return pieces.join(replacement);
}

function isPattern(wanted: string): boolean {
  return wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/');
}

const indent = define({
  name: 'indent',
  parameters: [numberParameter('spaces'), textParameter('str', 'u')],
  returns: STRING,
  call(args) {
    const spaces = integerOf(args[0], 0);
    const text = argumentAt(args, 1);
    if (spaces < 0) throw new FunctionFailure('the number of spaces must not be negative', 0);
    const indented = (part: string) => {
      if (part.length + spaces * part.split('\n').length > maxTextLength) {
        throw new FunctionLimit(`the text is longer than ${maxTextLength} characters`);
      }
      return part.replaceAll('\n', `\n${' '.repeat(spaces)}`);
    };
    return mapText(`indent ${spaces}`, text, indented);
  },
});

export const stringFunctions: readonly TerraformFunction[] = [
  characterMapping('upper', upper),
  characterMapping('lower', lower),
  textFunction('title', ['str'], (text = '') => title(text)),
  textFunction('trimspace', ['str'], (text = '') => trimSpace(text)),
  textFunction('trim', ['str', 'cutset'], (text = '', cutset = '') => trim(text, cutset)),
  trimEnd('trimprefix', 'prefix'),
  trimEnd('trimsuffix', 'suffix'),
  textFunction('chomp', ['str'], (text = '') => text.replace(/[\r\n]+$/, '')),
  textFunction('strrev', ['str'], (text = '') => [...graphemesOf(text)].reverse().join('')),
  {
    ...textFunction('replace', ['str', 'substr', 'replace'], (text = '', wanted = '', by = '') =>
      replace(text, wanted, by),
    ),
    cost: ([text, wanted]) =>
      text?.kind === 'string' && wanted?.kind === 'string' && isPattern(wanted.value)
        ? matchingCost(wanted.value, text.value)
        : 0,
  },
  startsWith,
  endsWith,
  strContains,
  substr,
  join,
  split,
  indent,
];
