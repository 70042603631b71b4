import { compileRe2 } from '../../../source/re2.js';
import { fitsParts, knownPrefix, knownSuffix } from '../equality.js';
import { toInteger } from '../numbers.js';
import { boundedUnknown } from '../ordering.js';
import {
  FALSE,
  policyError,
  type RuntimeUnknown,
  type RuntimeValue,
  toBool,
  toInt,
  toList,
  toText,
  unknownFrom,
} from '../runtime-value.js';
import { formatString } from './format-string.js';
import type { FunctionTable } from './function.js';

/** The strings extension of CEL (https://github.com/google/cel-go/tree/master/ext#strings) and the standard's own. */
export const STRING_FUNCTIONS: FunctionTable = {
  '.startsWith': predicate((text, part) => text.startsWith(part), startsWithPartly),
  '.endsWith': predicate((text, part) => text.endsWith(part), endsWithPartly),
  '.contains': predicate((text, part) => text.includes(part), containsPartly),
  '.matches': matching('(string, string): bool'),
  matches: matching('(string, string): bool'),
  '.charAt': {
    signatures: ['(string, int): string'],
    overNull: 'null',
    call: ([text, index]) => {
      const position = toInteger(index);
      if (text?.kind !== 'string' || position === undefined) return undefined;
      const points = [...text.value];
      if (position < 0 || position > points.length) return outOfRange(position);
      return toText(points[position] ?? '');
    },
  },
  '.indexOf': { signatures: ['(string, string): int', '(string, string, int): int'], call: indexOf },
  '.lastIndexOf': { signatures: ['(string, string): int', '(string, string, int): int'], call: lastIndexOf },
  '.lowerAscii': mapped((text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  '.upperAscii': mapped((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  '.trim': {
    signatures: ['(string): string'],
    overNull: 'null',
    call: ([text]) => (text?.kind === 'string' ? toText(text.value.replace(TRIMMED, '')) : undefined),
  },
  '.replace': {
    signatures: ['(string, string, string): string', '(string, string, string, int): string'],
    overNull: 'null',
    call: replace,
  },
  '.split': {
    signatures: ['(string, string): list(string)', '(string, string, int): list(string)'],
    overNull: 'null',
    call: split,
  },
  '.substring': {
    signatures: ['(string, int): string', '(string, int, int): string'],
    overNull: 'null',
    call: substring,
  },
  '.join': { signatures: ['(list(string)): string', '(list(string), string): string'], overNull: 'null', call: join },
  '.format': { signatures: ['(string, list(dyn)): string'], call: formatString },
  'strings.quote': {
    signatures: ['(string): string'],
    call: ([text]) => (text?.kind === 'string' ? toText(quote(text.value)) : undefined),
  },
};

/** Unicode's White_Space, which is not JavaScript's `\s`. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const TRIMMED = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

type Definition = FunctionTable[string];

function predicate(
  test: (text: string, part: string) => boolean,
  partly: (unknown: RuntimeUnknown, part: string) => boolean | undefined,
): Definition {
  return {
    signatures: ['(string, string): bool'],
    overNull: 'false',
    call: ([text, part]) =>
      text?.kind === 'string' && part?.kind === 'string' ? toBool(test(text.value, part.value)) : undefined,
    partial: ([text, part]) => {
      if (text?.kind !== 'unknown' || text.parts === undefined || part?.kind !== 'string') return undefined;
      const answer = partly(text, part.value);
      return answer === undefined ? undefined : toBool(answer);
    },
  };
}

function startsWithPartly({ parts = [] }: RuntimeUnknown, wanted: string): boolean | undefined {
  const known = knownPrefix(parts);
  if (known.startsWith(wanted)) return true;
  return wanted.startsWith(known) ? undefined : false;
}

function endsWithPartly({ parts = [] }: RuntimeUnknown, wanted: string): boolean | undefined {
  const known = knownSuffix(parts);
  if (known.endsWith(wanted)) return true;
  return wanted.endsWith(known) ? undefined : false;
}

function containsPartly({ parts = [] }: RuntimeUnknown, wanted: string): boolean | undefined {
  return parts.some((part) => typeof part === 'string' && part.includes(wanted)) ? true : undefined;
}

/** A compiled regular expression, unanchored. */
export interface Pattern {
  test(text: string): boolean;
}

/** SAFETY: how many patterns, and of each how many answers, are kept. */
const MAX_PATTERNS = 2000;
const MAX_ANSWERS = 5000;
const patterns = new Map<string, Pattern | undefined>();

/** A compiled regular expression; undefined for one that is not RE2 syntax. RE2 takes linear time. */
export function compilePattern(source: string): Pattern | undefined {
  if (patterns.has(source)) return patterns.get(source);
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  const compiled = literalPattern(source) ?? re2Pattern(source);
  patterns.set(source, compiled);
  return compiled;
}

function re2Pattern(source: string): Pattern | undefined {
  try {
    const compiled = compileRe2(source);
    const answers = new Map<string, boolean>();
    return {
      test: (text) => {
        const known = answers.get(text);
        if (known !== undefined) return known;
        if (answers.size >= MAX_ANSWERS) answers.clear();
        const answer = compiled.matcher(text).find();
        answers.set(text, answer);
        return answer;
      },
    };
  } catch {
    return undefined;
  }
}

/** A literal, anchored or not, needs no automaton. */
function literalPattern(source: string): Pattern | undefined {
  const { isStart, isEnd, literal } = anchorsOf(source);
  if (META.test(literal)) return undefined;
  if (isStart && isEnd) return { test: (text) => text === literal };
  if (isStart) return { test: (text) => text.startsWith(literal) };
  return { test: isEnd ? (text) => text.endsWith(literal) : (text) => text.includes(literal) };
}

const META = /[\\.+*?()|[\]{}^$]/;

function anchorsOf(source: string) {
  const isStart = source.startsWith('^');
  const isEnd = source.endsWith('$');
  return { isStart, isEnd, literal: source.slice(isStart ? 1 : 0, isEnd ? -1 : undefined) };
}

function matching(signature: string): Definition {
  return {
    signatures: [signature],
    overNull: 'false',
    call: ([text, source]) => {
      if (text?.kind !== 'string' || source?.kind !== 'string') return undefined;
      const pattern = compilePattern(source.value);
      return pattern === undefined ? invalidPattern(source.value) : toBool(pattern.test(text.value));
    },
    partial: ([text, source]) => {
      if (source?.kind !== 'string') return undefined;
      const pattern = compilePattern(source.value);
      if (pattern === undefined) return invalidPattern(source.value);
      if (text?.kind !== 'unknown') return undefined;
      return isFoundInPart(text, source.value, pattern) ? toBool(true) : matchesPartly(text, source.value);
    },
  };
}

function invalidPattern(source: string): RuntimeValue {
  return policyError(`"${source}" is no regular expression in RE2 syntax.`);
}

/** What sees the end of the text, or a border between characters: `$`, `\z`, `\b`, `\B`, and flags that may do so. */
const SEES_THE_END = /\$|\\[zZbB]|\(\?[a-zA-Z]/;
/** What sees the start: `^` (also the negation of a class, which does not matter here), `\A`. */
const SEES_THE_START = /\^|\\A/;

/** Whether the pattern is found within one known part, whatever the rest is: unanchored there, so it is found in the whole. */
function isFoundInPart({ parts }: RuntimeUnknown, source: string, pattern: Pattern): boolean {
  if (parts === undefined || SEES_THE_END.test(source)) return false;
  const known = SEES_THE_START.test(source) ? parts.slice(0, 1) : parts;
  return known.some((part) => typeof part === 'string' && pattern.test(part));
}

/** A pattern that is a literal behind an anchor is decided by the known parts. */
function matchesPartly(text: RuntimeUnknown, source: string): RuntimeValue | undefined {
  if (text.parts === undefined) return undefined;
  const { isStart, isEnd, literal } = anchorsOf(source);
  if (META.test(literal)) return undefined;
  if (isStart && isEnd) return fitsParts(text.parts, literal) ? undefined : FALSE;
  const answer = isStart
    ? startsWithPartly(text, literal)
    : isEnd
      ? endsWithPartly(text, literal)
      : containsPartly(text, literal);
  return answer === undefined ? undefined : toBool(answer);
}

/** A mapping of every character by itself, so that the known parts of a text stay known. */
function mapped(map: (text: string) => string): Definition {
  return {
    signatures: ['(string): string'],
    overNull: 'null',
    call: ([text]) => (text?.kind === 'string' ? toText(map(text.value)) : undefined),
    partial: ([text]) => {
      if (text?.kind !== 'unknown' || text.parts === undefined) return undefined;
      const parts = text.parts.map((part) => (typeof part === 'string' ? map(part) : { ...part, identity: undefined }));
      return unknownFrom([text], { type: { kind: 'string' }, parts });
    },
  };
}

function outOfRange(index: number): RuntimeValue {
  return policyError(`The index ${index} lies outside the text.`);
}

function indexOf([text, part, start]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (text?.kind !== 'string' || part?.kind !== 'string') return undefined;
  const [points, wanted] = [[...text.value], [...part.value]];
  const from = start === undefined ? 0 : toInteger(start);
  if (from === undefined) return undefined;
  if (from < 0 || (start !== undefined && from > points.length)) return outOfRange(from);
  for (let at = from; at + wanted.length <= points.length; at++) {
    if (wanted.every((point, offset) => points[at + offset] === point)) return toInt(at);
  }
  return toInt(-1);
}

function lastIndexOf([text, part, start]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (text?.kind !== 'string' || part?.kind !== 'string') return undefined;
  const [points, wanted] = [[...text.value], [...part.value]];
  const last = start === undefined ? points.length : toInteger(start);
  if (last === undefined) return undefined;
  if (last < 0 || (start !== undefined && last > points.length)) return outOfRange(last);
  for (let at = Math.min(last, points.length - wanted.length); at >= 0; at--) {
    if (wanted.every((point, offset) => points[at + offset] === point)) return toInt(at);
  }
  return toInt(-1);
}

function replace([text, old, fresh, limit]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (text?.kind !== 'string' || old?.kind !== 'string' || fresh?.kind !== 'string') return undefined;
  const count = limit === undefined ? -1 : toInteger(limit);
  if (count === undefined) return undefined;
  let left = count < 0 ? Number.POSITIVE_INFINITY : count;
  if (old.value === '') {
    const points = [...text.value];
    const joined = points.map((point) => (left-- > 0 ? fresh.value + point : point)).join('');
    return toText(left > 0 ? joined + fresh.value : joined);
  }
  let [result, at] = ['', 0];
  for (let found = text.value.indexOf(old.value); found !== -1 && left > 0; left--) {
    result += text.value.slice(at, found) + fresh.value;
    at = found + old.value.length;
    found = text.value.indexOf(old.value, at);
  }
  return toText(result + text.value.slice(at));
}

function split([text, separator, limit]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (text?.kind !== 'string' || separator?.kind !== 'string') return undefined;
  const count = limit === undefined ? -1 : toInteger(limit);
  if (count === undefined) return undefined;
  if (count === 0) return toList([]);
  const pieces = separator.value === '' ? [...text.value] : text.value.split(separator.value);
  if (count < 0 || pieces.length <= count) return toList(pieces.map(toText));
  const tail = pieces.slice(count - 1).join(separator.value);
  return toList([...pieces.slice(0, count - 1), tail].map(toText));
}

function substring([text, start, end]: readonly RuntimeValue[]): RuntimeValue | undefined {
  const from = toInteger(start);
  if (text?.kind !== 'string' || from === undefined) return undefined;
  const points = [...text.value];
  const to = end === undefined ? points.length : toInteger(end);
  if (to === undefined) return undefined;
  if (from < 0 || from > points.length) return outOfRange(from);
  if (to < from || to > points.length) return outOfRange(to);
  return toText(points.slice(from, to).join(''));
}

function join([list, separator]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (list?.kind !== 'list' || (separator !== undefined && separator.kind !== 'string')) return undefined;
  if (list.rest !== undefined || list.existence !== undefined) return unknownFrom([list]);
  const unknown = list.elements.filter((element) => element.kind === 'unknown');
  if (unknown.length > 0) return unknownFrom(unknown);
  const texts = list.elements.map((element) => (element.kind === 'string' ? element.value : undefined));
  if (texts.includes(undefined)) return policyError('"join" needs a list of strings.');
  return toText(texts.join(separator?.kind === 'string' ? separator.value : ''));
}

const QUOTED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): string {
  const body = [...text].map((point) => QUOTED[point] ?? (/^[\ud800-\udfff]$/.test(point) ? '\ufffd' : point));
  return `"${body.join('')}"`;
}

/** `size` of a text in code points; of a partly known one at least its known parts. */
export function sizeOfText(value: RuntimeValue): RuntimeValue | undefined {
  if (value.kind === 'string') return toInt([...value.value].length);
  if (value.kind !== 'unknown' || value.parts === undefined) return undefined;
  const known = value.parts.map((part) => (typeof part === 'string' ? [...part].length : 0));
  return boundedUnknown(
    [value],
    known.reduce((sum, length) => sum + length, 0),
    undefined,
  );
}
