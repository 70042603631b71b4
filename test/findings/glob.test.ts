import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../src/findings/glob.js';

/** The same by a regular expression, which takes its time with hostile ones. */
function byPattern(glob: string, text: string): boolean {
  const source = (glob.endsWith('/') ? `${glob}**` : glob)
    .replace(/\*{2,}/g, '**')
    .replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    });
  return new RegExp(`^${source}$`, 's').test(text);
}

const text = (characters: string) =>
  fc.array(fc.constantFrom(...characters), { maxLength: 9 }).map((all) => all.join(''));

test('a glob matches what the regular expression for it matches', () => {
  fc.assert(
    fc.property(text('ab/*?.'), text('ab/.'), (glob, path) => {
      expect(matchesGlob(glob, path)).toBe(byPattern(glob, path));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ['teams/data/', 'teams/data/pears/main.tf', true],
  ['teams/data/', 'teams/database/main.tf', false],
  ['**/main.tf', 'main.tf', true],
  ['**/main.tf', 'a/b/main.tf', true],
  ['*.tf', 'a/main.tf', false],
  ['aws-s3-*', 'aws-s3-bucket-versioning-enabled', true],
  ['{a,b}', '{a,b}', true],
  ['[ab]', 'a', false],
])('%s matches %s: %s', (glob, path, expected) => expect(matchesGlob(glob, path)).toBe(expected));

test('a glob of many stars takes no longer than its length', () => {
  expect(matchesGlob(`${'*a'.repeat(50)}*b`, `${'a'.repeat(5_000)}bc`)).toBe(false);
  expect(matchesGlob(`${'**/a*'.repeat(50)}b`, `${'a/'.repeat(2_000)}bc`)).toBe(false);
});
