import { RE2JS } from 're2js';
import { DYNAMIC, listOf, STRING, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { nullValue } from '../../../model/values.js';
import { maxElements } from '../expression/context.js';
import { listValueOf, objectOf, tupleOf } from '../values/collections.js';
import { argumentAt, define, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';

/** SAFETY: how long a pattern may be; matching takes time linear in pattern × text. */
const maxPatternLength = 100_000;

interface Pattern {
  readonly compiled: RE2JS;
  /** The names of the groups in order; empty where they have none. */
  readonly names: readonly string[];
}

interface Match {
  readonly start: number;
  readonly end: number;
  /** Index 0 is the whole match; a group that took no part is undefined. */
  readonly groups: readonly (string | undefined)[];
}

function compilePattern(pattern: string, argument: number): Pattern {
  if (pattern.length > maxPatternLength) {
    throw new FunctionLimit(`the pattern is longer than ${maxPatternLength} characters`, argument);
  }
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FunctionFailure(`invalid regexp pattern: ${reason}`, argument);
  }
  const names = Object.entries(compiled.namedGroups()).sort(([, a], [, b]) => a - b);
  if (names.length > 0 && names.length < compiled.groupCount()) {
    const message = 'invalid regexp pattern: cannot mix both named and unnamed capture groups';
    throw new FunctionFailure(message, argument);
  }
  return { compiled, names: names.map(([name]) => name) };
}

/** Go's matches: an empty one that touches the one before it is left out. */
function matchesIn(compiled: RE2JS, text: string, limit: number): Match[] {
  const matcher = compiled.matcher(text);
  const found: Match[] = [];
  let at = 0;
  let lastEnd = -1;
  while (at <= text.length && found.length < limit && matcher.find(at)) {
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

const regex = define({
  name: 'regex',
  parameters: [textParameter('pattern'), textParameter('string')],
  returns: captureType,
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
  call(args) {
    const pattern = compilePattern(textOf(argumentAt(args, 0)), 0);
    const found = matchesIn(pattern.compiled, textOf(args[1]), maxElements + 1);
    if (found.length > maxElements) throw new FunctionLimit(`there are more than ${maxElements} matches`);
    return listValueOf(
      found.map((match) => capturesOf(match, pattern)),
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
  for (const { start, end, groups } of matchesIn(compiled, text, maxElements)) {
    const expanded = replacement.replace(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (whole: string, ...captured: unknown[]) => {
      const [dollar, braced, plain] = captured;
      if (typeof dollar === 'string') return '$';
      const name = typeof braced === 'string' ? braced : typeof plain === 'string' ? plain : whole;
      const index = /^\d+$/.test(name) ? Number(name) : named[name];
      return index === undefined ? '' : (groups[index] ?? '');
    });
    result += text.slice(at, start) + expanded;
    at = end;
  }
  return result + text.slice(at);
}

export const regexFunctions: readonly TerraformFunction[] = [regex, regexall];
