import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemesOf } from '../../src/evaluate/terraform/functions/graphemes.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const whole = (text: string) => Array.from(segmenter.segment(text), (one) => one.segment);
/** What joins its neighbours, or does not: accents, flags, families, Hangul, line ends. */
const unit = fc.constantFrom(
  'a',
  'e\u0301',
  '\u0301',
  '🇩',
  '🇪',
  '👩',
  '\u200d',
  '👧',
  '\u1100',
  '\u1161',
  '\r',
  '\n',
  'é',
);

test('a long text has the clusters that it has as a whole', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 40 }), fc.nat({ max: 12 }), (units, shift) => {
      const text = 'x'.repeat(shift) + units.join('').repeat(Math.ceil(9_000 / units.join('').length));
      expect(graphemesOf(text)).toEqual(whole(text));
    }),
    { numRuns: 60 },
  );
});

test('a cluster that is longer than any window is one', () => {
  expect(graphemesOf(`e${'\u0301'.repeat(20_000)}f`)).toEqual([`e${'\u0301'.repeat(20_000)}`, 'f']);
});
