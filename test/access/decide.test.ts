import { describe, expect, test } from 'vitest';
import { decideCase, readCases } from '../support/access-case.js';

describe('a request is decided as the documentation says', () => {
  for (const written of readCases('fixtures/access/vectors.json')) {
    test(`${written.id}: ${written.title}`, () => {
      expect(decideCase(written)).toEqual(written.expected);
    });
  }
});
