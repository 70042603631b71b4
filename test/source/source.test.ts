import { expect, test } from 'vitest';
import { compareText } from '../../src/source/compare-text.js';
import { hangingKey } from '../../src/source/hanging-line.js';
import { LineIndex } from '../../src/source/line-index.js';
import { baseName, folderOf, isWithin, joinPath, relativePath } from '../../src/source/paths.js';
import { nearestName, suggest } from '../../src/source/suggest.js';

test('lines and columns count from one, in UTF-16 units', () => {
  const index = new LineIndex('a\r\nb😀c\n');
  expect([0, 1, 3, 4, 6, 7, 8, 99].map((offset) => index.position(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
    { line: 2, column: 4 },
    { line: 2, column: 5 },
    { line: 3, column: 1 },
    { line: 3, column: 1 },
  ]);
  expect([index.lineCount, index.lineStart(2), index.lineStart(9)]).toEqual([3, 3, 8]);
});

test.each([
  ['spec:\n  |replicas: 1\n', 'spec'],
  ['- name: oven\n  "ports": # of the oven\n\n    # two\n    |http: 80\n', '"ports"'],
  ['- securityContext: &base\n    |privileged: true\n', 'securityContext'],
  ['  Properties: !Foo\r\n    |Size: 1\r\n', 'Properties'],
  ['spec: {|replicas: 1}', undefined],
  ['containers:\n  - |name: oven\n', undefined],
  ['spec:\n|replicas: 1\n', undefined],
  ['kind: Pod\n  |replicas: 1\n', undefined],
  ['{\n  |"replicas": 1}', undefined],
  ['|kind: Pod', undefined],
])('the key that a block hangs on: %j', (marked, key) => {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = hangingKey({ file: { path: 'oven.yaml', text }, start, end: text.length });
  expect(found && text.slice(found.start, found.end)).toBe(key);
});

test('text is ordered by code point, not by UTF-16 unit', () => {
  expect(['\u{1F600}', '\uFFEE', 'b', 'a', 'ab', ''].sort(compareText)).toEqual([
    '',
    'a',
    'ab',
    'b',
    '\uFFEE',
    '\u{1F600}',
  ]);
});

test('paths are joined and normalised', () => {
  expect([joinPath('a/b', '../c'), joinPath('', './x'), joinPath('a', '../../b'), joinPath('a', '..')]).toEqual([
    'a/c',
    'x',
    '../b',
    '',
  ]);
  expect([folderOf('a/b.tf'), folderOf('b.tf'), baseName('a/b.tf')]).toEqual(['a', '', 'b.tf']);
  expect([isWithin('a/b', 'a'), isWithin('ab', 'a'), isWithin('x', ''), isWithin('../x', '')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([
    relativePath('a/b', 'a/c/d'),
    relativePath('', 'x'),
    relativePath('x', 'x'),
    relativePath('a/b', ''),
  ]).toEqual(['../c/d', 'x', '.', '../..']);
});

test('a near name is suggested, a far one is not', () => {
  expect(nearestName('versionning', ['versioning', 'version', 'logging'])).toBe('versioning');
  expect(suggest('infa', ['infra', 'other'])).toBe(' Did you mean "infra"?');
  expect(suggest('orchard', ['bakery'])).toBe('');
});
