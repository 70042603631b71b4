import { expect, test } from 'vitest';
import { partsOfOthers } from '../../src/graph/held-names.js';
import { seeded } from '../support/random-template.js';

const parts = (...texts: string[]) => [...partsOfOthers(new Set(texts))].sort();

test('a name may stand at the beginning, in the middle and at the end of another', () => {
  expect(parts('crates', 'crates-logs', 'old-crates', 'my-pears-too', 'pears', 'plums')).toEqual(['crates', 'pears']);
  expect(parts('a', 'ab', 'cd', 'xcd')).toEqual(['a', 'cd']);
  expect(parts('crates', 'crate', 'rates')).toEqual(['crate', 'rates']);
});

test('with a name that no service would take each may stand in another', () => {
  expect(parts('crates', 'x'.repeat(257))).toEqual(['crates', 'x'.repeat(257)]);
});

test('what is found is what comparing each with each finds', () => {
  const random = seeded(5);
  for (let round = 0; round < 200; round++) {
    const texts = new Set(
      Array.from({ length: 30 }, () =>
        Array.from({ length: 1 + Math.floor(random() * 7) }, () => 'ab-'[Math.floor(random() * 3)]).join(''),
      ),
    );
    const expected = [...texts].filter((text) => [...texts].some((other) => other !== text && other.includes(text)));
    expect(parts(...texts)).toEqual(expected.sort());
  }
});
