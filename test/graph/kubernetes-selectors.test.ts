import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesLabels, matchesSelector } from '../../src/graph/kubernetes/selectors.js';
import type { ObjectValue, Value } from '../../src/model/value.js';
import { listValue, objectValue, stringValue, unknownValue } from '../../src/model/values.js';

const OBJECT = { kind: 'object', attributes: new Map() } as const;
const LIST = { kind: 'list', element: { kind: 'string' } } as const;

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}
interface Selector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly Expression[];
}

const object = (entries: Readonly<Record<string, Value>>, isOpen = false): ObjectValue =>
  objectValue(
    OBJECT,
    new Map(Object.entries(entries)),
    undefined,
    isOpen ? { reason: 'variable-without-value' } : undefined,
  );
const texts = (values: readonly string[]): Value =>
  listValue(
    LIST,
    values.map((value) => stringValue(value)),
  );
const mapped = (record: Readonly<Record<string, string>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, stringValue(value)]));

function toValue({ labels, expressions }: Selector): ObjectValue {
  return object({
    matchLabels: object(mapped(labels)),
    matchExpressions: listValue(
      LIST,
      expressions.map(({ key, operator, values }) =>
        object({ key: stringValue(key), operator: stringValue(operator), values: texts(values) }),
      ),
    ),
  });
}

/** What the API server says: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
function selects({ labels, expressions }: Selector, given: Readonly<Record<string, string>>): boolean {
  const has = (key: string) => Object.hasOwn(given, key);
  return (
    Object.entries(labels).every(([key, value]) => given[key] === value) &&
    expressions.every(({ key, operator, values }) => {
      if (operator === 'Exists') return has(key);
      if (operator === 'DoesNotExist') return !has(key);
      const isIn = has(key) && values.includes(given[key] ?? '');
      return operator === 'In' ? isIn : !isIn;
    })
  );
}

const KEYS = ['app', 'tier', 'crust'];
const VALUES = ['rye', 'oat', 'corn'];
const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3 });
const selector: fc.Arbitrary<Selector> = fc.record({
  labels,
  expressions: fc.array(
    fc.record({
      key: fc.constantFrom(...KEYS),
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.array(fc.constantFrom(...VALUES), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

/** Every way in which labels may turn out whose unknown values, and unknown further labels, are filled in. */
function completions(known: Readonly<Record<string, string>>, hidden: readonly string[], isOpen: boolean) {
  let all: Record<string, string>[] = [{ ...known }];
  for (const key of hidden) all = all.flatMap((one) => [...VALUES, 'other'].map((value) => ({ ...one, [key]: value })));
  if (!isOpen) return all;
  for (const key of KEYS) {
    if (Object.hasOwn(known, key) || hidden.includes(key)) continue;
    all = all.flatMap((one) => [one, ...[...VALUES, 'other'].map((value) => ({ ...one, [key]: value }))]);
  }
  return all;
}

describe('a selector', () => {
  it('selects what the API server selects', () => {
    fc.assert(
      fc.property(selector, labels, (wanted, given) => {
        expect(matchesSelector(toValue(wanted), object(mapped(given)))).toBe(selects(wanted, given));
        const plain = { labels: wanted.labels, expressions: [] };
        expect(matchesLabels(object(mapped(wanted.labels)), object(mapped(given)))).toBe(selects(plain, given));
      }),
    );
  });

  it('decides over labels that are not known only what holds however they turn out', () => {
    fc.assert(
      fc.property(selector, labels, fc.subarray(KEYS), fc.boolean(), (wanted, given, hidden, isOpen) => {
        const known = Object.fromEntries(Object.entries(given).filter(([key]) => !hidden.includes(key)));
        const unknowns = Object.fromEntries(hidden.map((key) => [key, unknownValue('variable-without-value')]));
        const verdict = matchesSelector(toValue(wanted), object({ ...mapped(known), ...unknowns }, isOpen));
        const verdicts = new Set(completions(known, hidden, isOpen).map((one) => selects(wanted, one)));
        if (verdict !== undefined) expect([...verdicts]).toEqual([verdict]);
      }),
    );
  });

  it('selects no pods without labels by a label, and all by nothing', () => {
    expect(matchesSelector(object({}), undefined)).toBe(true);
    expect(matchesSelector(object({ matchLabels: object({ app: stringValue('rye') }) }), undefined)).toBe(false);
    expect(matchesSelector(object({ matchLabels: unknownValue('invalid-value') }), object({}))).toBeUndefined();
    expect(matchesSelector(object({}, true), object({}))).toBeUndefined();
  });

  it('knows that one placeholder is the same text twice', () => {
    const same = unknownValue('variable-without-value', { identity: 'placeholder ${APP}' });
    const other = unknownValue('variable-without-value', { identity: 'placeholder ${TIER}' });
    expect(matchesLabels(object({ app: same }), object({ app: same }))).toBe(true);
    expect(matchesLabels(object({ app: same }), object({ app: other }))).toBeUndefined();
  });
});
