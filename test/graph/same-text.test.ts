import { describe, expect, test } from 'vitest';
import { areDifferentTexts, identityOf } from '../../src/graph/same-text.js';
import type { UnknownValue, Value } from '../../src/model/value.js';
import { stringValue, unknownValue } from '../../src/model/values.js';

/** `<App>-logs-<>`: unknowns in angles, one without a name is like no other. */
function text(written: string): Value {
  const parts = written.split(/(<\w*>)/).flatMap((part): (string | UnknownValue)[] => {
    if (!part.startsWith('<')) return part === '' ? [] : [part];
    return [unknownValue('variable-without-value', { identity: part.slice(1, -1) || undefined })];
  });
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return only;
  return parts.length === 1 && typeof only === 'string'
    ? stringValue(only)
    : unknownValue('variable-without-value', { parts });
}

describe('texts that are known in part', () => {
  test.each([
    ['<App>-logs', '<App>-logs', false],
    ['<App>-logs', '<App>-logs-copy', true],
    ['<App>-logs-<Region>', '<App>-logs-copy-<Region>', true],
    ['<App>-logs-<Region>', '<App>-<Kind>-<Region>', false],
    ['<App>-<Region>', '<App>-<Zone>', false],
    ['<App>-logs', '<Other>-logs', false],
    ['<App>-logs', '<Other>-flour', true],
    ['<>-logs', '<>-logs-logs', false],
    ['<App><Region>', '<App>', false],
    ['logs-<App>', 'logs', true],
    ['logs-<App>', 'logs-', false],
    ['flour-<App>', 'logs', true],
    ['logs-<App>', 'logs-flour', false],
  ])('%s and %s', (one, other, areDifferent) => {
    expect(areDifferentTexts(text(one), text(other), true)).toBe(areDifferent);
    expect(areDifferentTexts(text(other), text(one), true)).toBe(areDifferent);
  });

  test('of several instances may be what another one is', () => {
    expect(areDifferentTexts(text('<Key>-logs'), text('<Key>-logs-copy'), false)).toBe(true);
    expect(areDifferentTexts(text('<Key>-logs'), text('<Key>-dry-logs'), true)).toBe(true);
    expect(areDifferentTexts(text('<Key>-logs'), text('<Key>-dry-logs'), false)).toBe(false);
  });

  test('have one identity where each of their parts has one', () => {
    const identity = (written: string) => {
      const value = text(written);
      return value.kind === 'unknown' ? identityOf(value) : undefined;
    };
    expect(identity('<App>')).toBe('App');
    expect(identity('<App>-logs')).toBe(identity('<App>-logs'));
    expect([identity('<App>-<Region>') === identity('<App><Region>'), identity('<App>-<>')]).toEqual([
      false,
      undefined,
    ]);
  });
});
