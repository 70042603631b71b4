import { describe, expect, it } from 'vitest';
import { canonicalQuantity } from '../../src/model/quantity.js';

/**
 * As k8s.io/apimachinery 0.37.2 prints them: as limits, which are rounded to thousandths, and as sizes. It keeps some
 * spellings that are canonical but for a sign, a zero or a capital (`+1`, `010`, `5.`, `1E3`): here they are not kept.
 */
const QUANTITIES: readonly (readonly [written: string, limit: string, size: string])[] = [
  ['1', '1', '1'],
  ['0.5', '500m', '500m'],
  ['1e3', '1e3', '1e3'],
  ['1E3', '1e3', '1e3'],
  ['100m', '100m', '100m'],
  ['0.1m', '1m', '100u'],
  ['1024Mi', '1Gi', '1Gi'],
  ['0.5Gi', '512Mi', '512Mi'],
  ['1.5Gi', '1536Mi', '1536Mi'],
  ['1.1Ki', '1126400m', '1126400m'],
  ['-0.5', '-500m', '-500m'],
  ['-100n', '-1m', '-100n'],
  ['0Gi', '0', '0'],
  ['.5', '500m', '500m'],
  ['5.', '5', '5'],
  ['+1', '1', '1'],
  ['1000Ki', '1000Ki', '1000Ki'],
  ['1500', '1500', '1500'],
  ['2000k', '2M', '2M'],
  ['12e6', '12e6', '12e6'],
  ['010', '10', '10'],
];

describe('an amount', () => {
  it.each(QUANTITIES)('%s is written as the API server writes it', (written, limit, size) => {
    expect([canonicalQuantity(written, true), canonicalQuantity(written, false)]).toEqual([limit, size]);
  });

  it('is none with other letters, blanks or nothing', () => {
    for (const text of ['', ' 1', '1 Gi', 'Gi', '1g', '1KI', '1e', '1.2.3', '0x10', '9'.repeat(200)]) {
      expect(canonicalQuantity(text, true)).toBeUndefined();
    }
  });
});
