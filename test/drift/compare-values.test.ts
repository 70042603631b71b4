import { expect, test } from 'vitest';
import { compareValues, type ValueContext } from '../../src/drift/compare-values.js';
import { DYNAMIC } from '../../src/model/type.js';
import type { ObjectValue, Rest, UnknownValue } from '../../src/model/value.js';
import { unknownValue } from '../../src/model/values.js';
import { toValue } from '../support/to-value.js';

const CONTEXT: ValueContext = { ignored: new Set(['echo']), leftOut: new Set(), hasSameKey: true };

const object = (entries: Readonly<Record<string, unknown>>, rest?: Rest): ObjectValue => ({
  kind: 'object',
  type: { kind: 'object', attributes: new Map() },
  entries: new Map(Object.entries(entries).map(([name, value]) => [name, toValue(value)])),
  rest,
});

const unknown = (subject?: string): UnknownValue => unknownValue('permission-denied', { type: DYNAMIC, subject });

const OPEN: Rest = { reason: 'not-collected', subject: undefined, element: undefined };

/** What differs, a line each. */
function compare(before: ObjectValue, after: ObjectValue, context = CONTEXT): readonly string[] {
  const { differences, gaps } = compareValues(before, after, context);
  return [
    ...differences.map(({ path, old, new: next }) => `${path}: ${JSON.stringify(old)} -> ${JSON.stringify(next)}`),
    ...gaps.map(({ path, side, reason, subject }) => `${path}: ${side} ${reason} ${subject ?? ''}`.trim()),
  ];
}

test('attributes differ, appear and are gone; what is absent, null and empty is the same', () => {
  const before = object({ size: 3, ripe: true, kind: 'pear', note: null, parts: [], box: { a: 1, b: 2 }, echo: 1 });
  const after = object({ size: 4, ripe: true, color: 'red', tags: {}, parts: null, box: { a: 1, b: 3 }, echo: 2 });
  expect(compare(before, after)).toEqual([
    'box.b: 2 -> 3',
    'color: null -> "red"',
    'kind: "pear" -> null',
    'size: 3 -> 4',
  ]);
});

test('elements belong together by what they are, and by their names', () => {
  const before = object({
    tags: ['a', 'b', 'c'],
    rules: [
      { sid: 'read', effect: 'Allow' },
      { sid: 'write', effect: 'Allow' },
      { port: 22, from: 'x' },
      { port: 80, from: 'x' },
    ],
    one: [{ port: 22 }],
  });
  const after = object({
    tags: ['c', 'd', 'a'],
    rules: [
      { port: 80, from: 'x' },
      { sid: 'write', effect: 'Deny' },
      { sid: 'read', effect: 'Allow' },
    ],
    one: [{ port: 23 }],
  });
  expect(compare(before, after)).toEqual([
    'one[0].port: 22 -> 23',
    'rules[1].effect: "Allow" -> "Deny"',
    'rules[]: {"port":22,"from":"x"} -> null',
    'tags[]: "b" -> null',
    'tags[]: null -> "d"',
  ]);
});

test('what one side does not know is no difference', () => {
  const before = object({ policy: unknown('s3:GetBucketPolicy'), size: 3, both: unknown('x'), kind: 'pear' }, OPEN);
  const after = object({ policy: { a: 1 }, size: unknown('x'), both: unknown('x'), color: 'red' }, OPEN);
  expect(compare(before, after)).toEqual([
    'both: both permission-denied x',
    'color: old not-collected',
    'kind: new not-collected',
    'policy: old permission-denied s3:GetBucketPolicy',
    'size: new permission-denied x',
  ]);
});

test('of a list that may have more nothing is gone', () => {
  const open = toValue(['a']);
  if (open.kind !== 'list') throw new Error('It is a list.');
  const before = object({ tags: ['a', 'b'] });
  const after = object({ tags: { ...open, rest: { ...OPEN, subject: 'x:List' } } });
  expect(compare(before, after)).toEqual(['tags[]: new not-collected x:List', 'tags[*]: new not-collected x:List']);
});

test('what was left out on purpose at both times is not mentioned', () => {
  const left = object({ kind: unknownValue('not-collected', { subject: 'x:Get' }) });
  expect(compare(left, left)).toEqual(['kind: both not-collected x:Get']);
  expect(compare(left, left, { ...CONTEXT, leftOut: new Set(['x:Get']) })).toEqual([]);
  expect(compare(left, object({ kind: 'pear' }), { ...CONTEXT, leftOut: new Set(['x:Get']) })).toEqual([
    'kind: old not-collected x:Get',
  ]);
});
