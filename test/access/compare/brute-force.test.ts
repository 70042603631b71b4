import { expect, test } from 'vitest';
import { compareByBruteForce } from '../../support/compare-by-brute-force.js';

test('no answer on small policies without variables is wrong', () => {
  const { wrong, no, yes, unknown } = compareByBruteForce(1200, false, 1);
  expect(wrong).toEqual([]);
  expect(no + yes + unknown).toBe(1200);
  expect(unknown).toBeLessThan(60);
}, 120_000);

test('no answer on small policies with variables is wrong', () => {
  const { wrong, no, yes, unknown } = compareByBruteForce(1200, true, 2);
  expect(wrong).toEqual([]);
  expect(no + yes + unknown).toBe(1200);
  expect(unknown).toBeLessThan(360);
}, 120_000);
