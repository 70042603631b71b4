import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, overlaps } from '../../src/iam/pattern.js';

const glob = fc.stringMatching(/^[ab*?]{0,5}$/);
const pattern = (widest: string) => ({ widest, isExact: true });
const matches = (text: string, source: string) => covers(pattern(source), pattern(text)) === true;

/** Every text of at most four letters; `c` stands for all letters that no pattern names. */
const grow = (text: string): string[] =>
  text.length >= 4 ? [text] : [text, ...['a', 'b', 'c'].flatMap((letter) => grow(text + letter))];
const texts = grow('');

test('a pattern that covers another matches every text of it', () => {
  fc.assert(
    fc.property(glob, glob, (a, b) => {
      if (covers(pattern(a), pattern(b)) !== true) return;
      for (const text of texts) if (matches(text, b)) expect(matches(text, a)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('patterns overlap exactly when some text matches both', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*?]{0,4}$/), fc.stringMatching(/^[ab*?]{0,4}$/), (a, b) => {
      const shared = texts.some((text) => matches(text, a) && matches(text, b));
      if (shared) expect(overlaps(pattern(a), pattern(b))).toBe(true);
      else if (texts.some((text) => matches(text, a)) && a.length + b.length <= 5)
        expect(overlaps(pattern(a), pattern(b))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('an unknown part is never decided beyond what every reading shares', () => {
  const unknownTail = { widest: 's3:*', isExact: false };
  expect(covers(unknownTail, pattern('s3:GetObject'))).toBe(undefined);
  expect(covers(unknownTail, pattern('ec2:*'))).toBe(false);
  expect(covers(pattern('s3:*'), unknownTail)).toBe(true);
  expect(overlaps(pattern('*'), unknownTail)).toBe(true);
});
