import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FunctionContext, FunctionFailure } from '../../src/evaluate/terraform/functions/function.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { listValueOf, tupleOf } from '../../src/evaluate/terraform/values/collections.js';
import { compareForEquality } from '../../src/evaluate/terraform/values/equality.js';
import { concatTexts } from '../../src/evaluate/terraform/values/unknown.js';
import { STRING } from '../../src/model/type.js';
import type { ListValue, Value } from '../../src/model/value.js';
import { isWhollyKnown, numberValue, stringValue, unknownValue } from '../../src/model/values.js';
import { memoryFileSystem } from '../support/memory-file-system.js';

const context: FunctionContext = {
  fileSystem: memoryFileSystem({ 'pear/a': 'pear' }),
  rootFolder: '',
  templateDepth: 0,
  renderTemplate: () => stringValue(''),
};

/** Text pieces in which what the functions look for is common. */
const piece = fc
  .array(fc.constantFrom('a', 'A', '/', ':', '-', '\n', '.', '..', 'arn:', 'pear', 'é', ' '), { maxLength: 6 })
  .map((parts) => parts.join(''));

const hole = unknownValue('variable-without-value', { type: STRING, notNull: true, subject: 'var.pear' });
const one = (value: string) => stringValue(value);

/** Calls with the text in one place: the name, and the arguments around it. */
const CALLS: readonly (readonly [name: string, args: (text: Value, word: string) => readonly Value[]])[] = [
  ['basename', (text) => [text]],
  ['dirname', (text) => [text]],
  ['fileexists', (text) => [text]],
  ['indent', (text) => [numberValue(2), text]],
  ['upper', (text) => [text]],
  ['lower', (text) => [text]],
  ['split', (text, word) => [one(word.slice(0, 2)), text]],
  ['startswith', (text, word) => [text, one(word)]],
  ['endswith', (text, word) => [text, one(word)]],
  ['strcontains', (text, word) => [text, one(word)]],
  ['trimprefix', (text, word) => [text, one(word)]],
  ['trimsuffix', (text, word) => [text, one(word)]],
  ['substr', (text, word) => [text, numberValue(word.length % 4), numberValue((word.length % 3) - 1)]],
  ['substr', (text, word) => [text, numberValue(-(word.length % 4)), numberValue(word.length % 3)]],
  ['join', (text, word) => [one(word), listValueOf([text, one('x'), text], STRING)]],
  ['join', (text) => [text, listValueOf([one('a'), one('b')], STRING)]],
  ['format', (text, word) => [one(`${word.replaceAll('%', '')}%s-%5s`), text, text]],
  ['formatlist', (text) => [one('%s/*'), tupleOf([text, one('b')])]],
  ['jsonencode', (text) => [tupleOf([text])]],
  ['provider::aws::arn_parse', (text) => [text]],
  ['provider::aws::arn_build', (text) => [one('aws'), text, one(''), text, one('pear')]],
  ['length', (text) => [text]],
  ['coalesce', (text) => [text, one('plum')]],
  ['distinct', (text, word) => [listValueOf([text, one(word), text], STRING)]],
  ['compact', (text, word) => [listValueOf([text, one(word)], STRING)]],
  ['contains', (text, word) => [tupleOf([text]), one(word)]],
  [
    'lookup',
    (text) => [
      { kind: 'object', type: { kind: 'map', element: STRING }, entries: new Map([['a', one('b')]]) },
      text,
      one('d'),
    ],
  ],
];

/** What a call gives; undefined where it is an error. The caller's part: nothing unknown for those who do not take it. */
function call(name: string, args: readonly Value[]): Value | undefined {
  const called = terraformFunctions.get(name);
  if (called === undefined) throw new Error(`no function ${name}`);
  const isBlocked = args.some((arg, index) => {
    return (called.parameters[index] ?? called.variadic)?.allowUnknown !== true && !isWhollyKnown(arg);
  });
  if (isBlocked) return unknownValue('variable-without-value', { type: called.returns(args) });
  try {
    return called.call(args, context);
  } catch (error) {
    if (error instanceof FunctionFailure) return undefined;
    throw error;
  }
}

function holds(value: Value, actual: Value): boolean {
  if (value.kind === 'unknown') {
    if (actual.kind === 'number') return (value.bounds?.min ?? actual.value) <= actual.value;
    if (value.parts === undefined || actual.kind !== 'string') return true;
    const quoted = (text: string) => text.replace(/[^a-z0-9é]/gi, (sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`);
    const pattern = value.parts.map((part) => (typeof part === 'string' ? quoted(part) : '[^]*')).join('');
    return new RegExp(`^${pattern}$`, 'u').test(actual.value);
  }
  if (value.kind === 'list') return actual.kind === 'list' && holdsFrom(value, actual, 0, 0);
  if (value.kind === 'object') {
    return actual.kind === 'object' && [...actual.entries].every(([key, own]) => holds(value.entries.get(key)!, own));
  }
  return compareForEquality(value, actual) === true;
}

function holdsFrom(value: ListValue, actual: ListValue, i: number, j: number): boolean {
  const [element, own] = [value.elements[i], actual.elements[j]];
  if (element === undefined) return own === undefined;
  const existence = value.existence?.get(i);
  if (existence !== undefined && holdsFrom(value, actual, i + 1, j)) return true;
  if (own === undefined || !holds(element, own)) return false;
  return holdsFrom(value, actual, existence === 'any-number' ? i : i + 1, j + 1);
}

describe('what is known of a call with a partly known text holds for every text', () => {
  test.each(CALLS)('%s', (name, args) => {
    fc.assert(
      fc.property(piece, piece, piece, piece, (before, middle, after, word) => {
        const partly = concatTexts([one(before), hole, one(after)]);
        const value = call(name, args(partly, word));
        const actual = call(name, args(one(before + middle + after), word));
        const told = JSON.stringify({
          before,
          middle,
          after,
          word,
          parts: value?.kind === 'unknown' && value.parts,
          value,
          actual,
        });
        if (value === undefined) expect(actual, told).toBeUndefined();
        else if (actual !== undefined) expect(holds(value, actual), told).toBe(true);
      }),
      { numRuns: 300, seed: 1105 },
    );
  });
});
