import { DYNAMIC, listOf, STRING, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { nullValue } from '../../../model/values.js';
import { compileRe2, type Re2 } from '../../../source/re2.js';
import { maxElements, maxTextLength } from '../expression/context.js';
import { listValueOf, objectOf, tupleOf } from '../values/collections.js';
import { argumentAt, define, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction, unsuitable } from './function.js';

/** SAFETY: how long a pattern may be, its repetitions (`{9}`) written out. */
const maxPatternSize = 1_000_000;
/** No pattern may repeat anything more often. */
const maxRepetitions = 1_000;
/** SAFETY: matching takes time in the order of pattern × text, and twenty million of these take a second. */
const maxMatchingSize = 20_000_000;
/** SAFETY: each further match may look at all of the text that is left. */
const maxMatchesSize = 100_000_000;

interface Pattern {
  readonly compiled: Re2;
  /** The names of the groups in order; empty where they have none. */
  readonly names: readonly string[];
}

interface Match {
  readonly start: number;
  readonly end: number;
  /** Index 0 is the whole match; a group that took no part is undefined. */
  readonly groups: readonly (string | undefined)[];
}

/** How large a pattern may become when it is compiled: as if all in it were repeated by all of its repetitions. */
function sizeOf(pattern: string): number {
  let repetitions = 1;
  for (const [, least = '', most = ''] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    repetitions = Math.min(maxRepetitions, repetitions * Math.max(1, Number(least), Number(most)));
  }
  return pattern.length * repetitions;
}

/** In steps, what matching costs; nothing where it is not even begun. */
export function matchingCost(pattern: string, text: string): number {
  const size = sizeOf(pattern) * text.length;
  return size > maxMatchingSize ? 0 : size >> 5;
}

/** A failure of Terraform's for what is no pattern, a limit for one that is too large. */
export function compileExpression(pattern: string, argument: number, options: { readonly dotAll?: boolean } = {}): Re2 {
  if (sizeOf(pattern) > maxPatternSize) {
    throw new FunctionLimit(`the pattern is larger than ${maxPatternSize} characters`, argument);
  }
  try {
    return compileRe2(pattern, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unsuitable(error instanceof RangeError, `invalid regexp pattern: ${reason}`, argument);
  }
}

function compilePattern(pattern: string, argument: number): Pattern {
  const compiled = compileExpression(pattern, argument);
  const names = Object.entries(compiled.namedGroups()).sort(([, a], [, b]) => a - b);
  if (names.length > 0 && names.length < compiled.groupCount()) {
    const message = 'invalid regexp pattern: cannot mix both named and unnamed capture groups';
    throw new FunctionFailure(message, argument);
  }
  return { compiled, names: names.map(([name]) => name) };
}

/** Go's matches: an empty one that touches the one before it is left out. */
function matchesIn(compiled: Re2, text: string, limit = Number.POSITIVE_INFINITY): Match[] {
  const size = sizeOf(compiled.pattern());
  if (size * text.length > maxMatchingSize)
    throw new FunctionLimit(`the pattern times the text is larger than ${maxMatchingSize} characters`);
  const matcher = compiled.matcher(text);
  const found: Match[] = [];
  let at = 0;
  let lastEnd = -1;
  let seen = 0;
  while (at <= text.length && found.length < limit && matcher.find(at)) {
    seen += size * (text.length - at);
    if (seen > maxMatchesSize || found.length >= maxElements)
      throw new FunctionLimit('there are too many matches in too long a text');
    const [start, end] = [matcher.start(), matcher.end()];
    const isEmpty = start === end;
    if (!isEmpty || start !== lastEnd) {
      const groups = Array.from({ length: compiled.groupCount() + 1 }, (_, index) => matcher.group(index) ?? undefined);
      found.push({ start, end, groups });
    }
    lastEnd = end;
    at = isEmpty ? end + (String.fromCodePoint(text.codePointAt(end) ?? 0).length || 1) : end;
  }
  return found;
}

function capturesOf(match: Match, pattern: Pattern): Value {
  const [whole, ...groups] = match.groups;
  if (groups.length === 0) return textValue(whole ?? '');
  const values = groups.map((group) => (group === undefined ? nullValue(STRING) : textValue(group)));
  if (pattern.names.length === 0) return tupleOf(values);
  return objectOf(pattern.names.map((name, index) => [name, values[index] ?? nullValue(STRING)] as const));
}

/** What `regex` gives for the pattern, if that is known. */
function captureType(args: readonly Value[]): Type {
  const pattern = args[0];
  if (pattern?.kind !== 'string') return DYNAMIC;
  const { compiled, names } = compilePattern(pattern.value, 0);
  const count = compiled.groupCount();
  if (count === 0) return STRING;
  if (names.length === 0) return { kind: 'tuple', elements: Array.from({ length: count }, () => STRING) };
  return { kind: 'object', attributes: new Map([...names].sort().map((name) => [name, STRING] as const)) };
}

function patternCost([pattern, text]: readonly Value[]): number {
  return pattern?.kind === 'string' && text?.kind === 'string' ? matchingCost(pattern.value, text.value) : 0;
}

const regex = define({
  name: 'regex',
  parameters: [textParameter('pattern'), textParameter('string')],
  returns: captureType,
  cost: (args) => patternCost(args),
  call(args) {
    const pattern = compilePattern(textOf(args[0]), 0);
    const [match] = matchesIn(pattern.compiled, textOf(args[1]), 1);
    if (match === undefined) throw new FunctionFailure('pattern did not match any part of the given string');
    return capturesOf(match, pattern);
  },
});

const regexall = define({
  name: 'regexall',
  parameters: [textParameter('pattern'), textParameter('string')],
  returns: (args) => listOf(captureType(args)),
  cost: (args) => patternCost(args),
  call(args) {
    const pattern = compilePattern(textOf(argumentAt(args, 0)), 0);
    return listValueOf(
      matchesIn(pattern.compiled, textOf(args[1])).map((match) => capturesOf(match, pattern)),
      captureType(args),
    );
  },
});

/** Go's `ReplaceAllString`: `$1`, `${1}`, `$name` and `$$` stand for groups and `$`. */
export function replacePattern(text: string, pattern: string, replacement: string): string {
  const { compiled } = compilePattern(pattern, 1);
  const named = compiled.namedGroups();
  let result = '';
  let at = 0;
  for (const { start, end, groups } of matchesIn(compiled, text)) {
    const expanded = replacement.replace(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (whole: string, ...captured: unknown[]) => {
      const [dollar, braced, plain] = captured;
      if (typeof dollar === 'string') return '$';
      const name = typeof braced === 'string' ? braced : typeof plain === 'string' ? plain : whole;
      const index = /^\d+$/.test(name) ? Number(name) : named[name];
      return index === undefined ? '' : (groups[index] ?? '');
    });
    result += text.slice(at, start) + expanded;
    if (result.length > maxTextLength) throw new FunctionLimit(`the text is longer than ${maxTextLength} characters`);
    at = end;
  }
  return result + text.slice(at);
}

export const regexFunctions: readonly TerraformFunction[] = [regex, regexall];
