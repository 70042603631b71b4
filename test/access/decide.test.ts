import { describe, expect, test } from 'vitest';
import { decideCase, readCases } from '../support/access-case.js';

describe.each(['vectors', 'documentation', 'second-reading'])(
  'a request is decided as the documentation says: %s',
  (name) => {
    for (const written of readCases(`fixtures/access/${name}.json`)) {
      test(`${written.id}: ${written.title}`, () => {
        expect(decideCase(written)).toEqual(written.expected);
      });
    }
  },
);
