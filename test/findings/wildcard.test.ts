import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesWildcards } from '../../src/findings/wildcard.js';

test.each([
  ['arn:aws:s3:::logs', 'arn:aws:s3:::logs', true],
  ['arn:aws:s3:::log', 'arn:aws:s3:::logs', false],
  ['arn:aws:iam::*:role/team/*', 'arn:aws:iam::123456789012:role/team/a/reader', true],
  ['arn:aws:iam::*:role/team/*', 'arn:aws:iam::123456789012:role/other', false],
  ['*', '', true],
  ['?', '', false],
  ['p?ar', 'pear', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['[ab]', 'a', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(matchesWildcards(pattern, text)).toBe(expected);
});

test('is what the same expression says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, texts, (pattern, text) => {
      const source = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]');
      expect(matchesWildcards(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
  );
});

test('a pattern made to be slow is not', () => {
  expect(matchesWildcards(`${'*a'.repeat(2_000)}b`, 'a'.repeat(20_000))).toBe(false);
});
