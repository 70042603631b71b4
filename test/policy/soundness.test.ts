import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DYNAMIC } from '../../src/model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../../src/model/value.js';
import { nullValue, numberValue, stringValue } from '../../src/model/values.js';
import { Compiler } from '../../src/policy/language/compile.js';
import { FUNCTIONS } from '../../src/policy/language/functions/index.js';
import { parseExpression } from '../../src/policy/language/parse-expression.js';
import type { RuntimeValue } from '../../src/policy/language/runtime-value.js';
import { type Binding, Scope, SlotCounter } from '../../src/policy/language/scope.js';
import { graph, resource, toValue } from './orchard.js';

/* What is decided with unknowns is the same for every way in which they can turn out. */

const TEXTS = ['', 'apple', 'apricot', 'plum', 'a', 'b', 'ab', 'A', '*', '0.0.0.0/0', '22'];
const NUMBERS = [0, 1, 2, 3, 22, 80];

const plainUnknown = (identity: string, details: Partial<UnknownValue>): UnknownValue => ({
  kind: 'unknown',
  type: DYNAMIC,
  reason: 'variable-without-value',
  subject: `var.${identity}`,
  identity,
  ...details,
});

const identity = fc.constantFrom('x', 'y', 'z');
const unknownText = fc.oneof(
  identity.map((name) => plainUnknown(`text-${name}`, { type: { kind: 'string' } })),
  identity.map((name) => plainUnknown(`sure-${name}`, { type: { kind: 'string' }, notNull: true })),
  fc
    .tuple(fc.constantFrom('a', 'ap', ''), identity, fc.constantFrom('', 'b', '/0', 'e'))
    .map(([before, name, after]): UnknownValue => {
      const inner = plainUnknown(`sure-${name}`, { type: { kind: 'string' }, notNull: true });
      const parts = [...(before === '' ? [] : [before]), inner, ...(after === '' ? [] : [after])];
      return { ...plainUnknown('parts', { type: { kind: 'string' }, notNull: true }), identity: undefined, parts };
    }),
  fc.subarray(TEXTS, { minLength: 2, maxLength: 3 }).map(
    (texts): UnknownValue => ({
      ...plainUnknown('either', { type: { kind: 'string' } }),
      identity: undefined,
      alternatives: [{ kind: 'absent' }, ...texts.map((text) => stringValue(text))],
    }),
  ),
);
const unknownNumber = fc.oneof(
  identity.map((name) => plainUnknown(`number-${name}`, { type: { kind: 'number' } })),
  identity.map((name) =>
    plainUnknown(`bounded-${name}`, { type: { kind: 'number' }, notNull: true, bounds: { min: 1, max: 3 } }),
  ),
);
const textValue: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(...TEXTS).map((text) => stringValue(text)),
  unknownText,
  fc.constant(nullValue()),
);
const numberOrUnknown: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(...NUMBERS).map((value) => numberValue(value)),
  unknownNumber,
  fc.constant(nullValue()),
);
const item = fc
  .record({ name: textValue, port: numberOrUnknown })
  .map((fields): ObjectValue => toValue(fields) as ObjectValue);
const existences = fc.array(fc.constantFrom('once', 'once', 'perhaps', 'any-number'), { maxLength: 3 });
const items: fc.Arbitrary<Value> = fc
  .tuple(fc.array(item, { maxLength: 3 }), existences, fc.boolean(), fc.option(item))
  .map(([elements, how, isOpen, template]): ListValue => {
    const existence = new Map<number, 'perhaps' | 'any-number'>();
    for (const [index, word] of how.entries()) {
      if (index < elements.length && word !== 'once')
        existence.set(index, word === 'perhaps' ? 'perhaps' : 'any-number');
    }
    const rest = { reason: 'data-source' as const, element: template ?? undefined };
    const list = toValue(elements) as ListValue;
    return { ...list, existence: existence.size === 0 ? undefined : existence, rest: isOpen ? rest : undefined };
  });
const values = fc.record({
  s: textValue,
  t: textValue,
  n: numberOrUnknown,
  m: numberOrUnknown,
  items,
  others: items,
  tags: fc.record({ Owner: textValue, Team: textValue }, { requiredKeys: [] }),
  o: item,
});

/** Picks how the unknowns turn out; equal identities alike. */
class Completion {
  readonly #known = new Map<string, Value>();
  readonly #pick: (count: number) => number;

  constructor(pick: (count: number) => number) {
    this.#pick = pick;
  }

  complete(value: Value): Value {
    switch (value.kind) {
      case 'unknown':
        return this.#unknown(value);
      case 'list':
        return this.#list(value);
      case 'object':
        return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, this.complete(entry)])) };
      default:
        return value;
    }
  }

  /** An element that stands for several: each has values of its own. */
  #fresh(value: Value): Value {
    return new Completion(this.#pick).complete(value);
  }

  #list(list: ListValue): Value {
    const elements: Value[] = [];
    for (const [index, element] of list.elements.entries()) {
      const how = list.existence?.get(index);
      if (how === undefined || (how === 'perhaps' && this.#pick(2) === 1)) elements.push(this.complete(element));
      if (how === 'any-number') for (let count = this.#pick(3); count > 0; count--) elements.push(this.#fresh(element));
    }
    if (list.rest !== undefined) {
      for (let count = this.#pick(3); count > 0; count--) {
        const any = toValue({ name: TEXTS[this.#pick(TEXTS.length)], port: NUMBERS[this.#pick(NUMBERS.length)] });
        elements.push(list.rest.element === undefined ? any : this.#fresh(list.rest.element));
      }
    }
    return { ...list, elements, existence: undefined, rest: undefined };
  }

  #unknown(unknown: UnknownValue): Value {
    const known = unknown.identity === undefined ? undefined : this.#known.get(unknown.identity);
    if (known !== undefined) return known;
    const value = this.#turnOut(unknown);
    if (unknown.identity !== undefined) this.#known.set(unknown.identity, value);
    return value;
  }

  #turnOut({ parts, alternatives, bounds, type, notNull }: UnknownValue): Value {
    if (alternatives !== undefined) {
      const chosen = alternatives[this.#pick(alternatives.length)];
      return chosen === undefined || chosen.kind === 'absent' ? nullValue() : this.complete(chosen);
    }
    if (parts !== undefined) {
      const texts = parts.map((part) => {
        const inner = typeof part === 'string' ? stringValue(part) : this.complete(part);
        return inner.kind === 'string' ? inner.value : '';
      });
      return stringValue(texts.join(''));
    }
    if (notNull !== true && this.#pick(4) === 0) return nullValue();
    if (type.kind === 'string') return stringValue(TEXTS[this.#pick(TEXTS.length)] ?? '');
    if (bounds !== undefined) return numberValue(1 + this.#pick(3));
    return numberValue(NUMBERS[this.#pick(NUMBERS.length)] ?? 0);
  }
}

const literalText = fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text));
const literalNumber = fc.constantFrom(...NUMBERS).map(String);

/** Expressions by type; `i` and `j` are elements of an enclosing macro. */
const expressions = fc.letrec<{ bool: string; text: string; number: string; list: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'e' },
    fc.constantFrom('r.s', 'r.t', 'r.o.name', 'r.tags.Owner', 'r.tags["Team"]', 'i.name', 'j.name'),
    literalText,
    tie('text').map((text) => `${text}.lowerAscii()`),
    fc.tuple(tie('bool'), tie('text'), tie('text')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.constantFrom(
      'r.?s.orValue("plum")',
      'r.?t.or(r.?s).orValue("a")',
      'r.tags[?"Owner"].orValue("")',
      'r.items[0].name',
    ),
    fc.constantFrom('arn(r.s).account', 'image(r.t).tag'),
  ),
  number: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'e' },
    fc.constantFrom('r.n', 'r.m', 'r.o.port', 'i.port', 'j.port'),
    literalNumber,
    tie('list').map((list) => `${list}.size()`),
    fc.constantFrom('size(r.tags)', 'portRange(r.n).to'),
    fc.tuple(tie('bool'), tie('number'), tie('number')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
  list: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'e' },
    fc.constantFrom('r.items', 'r.others', '(r.items + r.others)'),
    fc.tuple(tie('list'), tie('bool')).map(([list, body]) => `${list}.filter(i, ${body})`),
  ),
  bool: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'e' },
    fc.tuple(tie('text'), fc.constantFrom('==', '!='), tie('text')).map((parts) => parts.join(' ')),
    fc
      .tuple(tie('number'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('number'))
      .map((parts) => parts.join(' ')),
    fc
      .tuple(tie('text'), fc.constantFrom('startsWith', 'endsWith', 'contains'), literalText)
      .map(([a, f, b]) => `${a}.${f}(${b})`),
    fc.tuple(tie('text'), fc.constantFrom('"^a"', '"e$"', '"^apple$"', '"p+l"')).map(([a, b]) => `${a}.matches(${b})`),
    tie('text').map((text) => `isAnyAddress(${text})`),
    fc.constantFrom(
      'has(r.s)',
      'has(r.tags.Owner)',
      '"Team" in r.tags',
      'r.n == null',
      'r.s != null',
      'r.s == r.t',
      'r.o == r.items[0]',
      'r.items == r.others',
      'r.tags.exists(k, v, v == "a")',
    ),
    fc.tuple(tie('text'), fc.array(tie('text'), { maxLength: 3 })).map(([a, list]) => `${a} in [${list.join(', ')}]`),
    fc.tuple(tie('text'), tie('list')).map(([a, list]) => `${a} in ${list}.map(j, j.name)`),
    tie('list').map((list) => `sets.contains(["a", "plum"], ${list}.map(j, j.name))`),
    fc
      .tuple(tie('list'), fc.constantFrom('all', 'exists', 'exists_one'), fc.constantFrom('i', 'j'), tie('bool'))
      .map(([list, macro, name, body]) => `${list}.${macro}(${name}, ${body})`),
    tie('bool').map((body) => `!(${body})`),
    fc.tuple(tie('bool'), fc.constantFrom('&&', '||'), tie('bool')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
}));

function evaluate(source: string, data: object): RuntimeValue {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const orchard = resource('orchard', 'r', data);
  const element: Binding = { kind: 'constant', value: toValue({ name: 'fig', port: 7 }) };
  const bindings = new Map<string, Binding>([
    ['r', { kind: 'constant', value: { kind: 'resource', resource: orchard } }],
    ['i', element],
    ['j', element],
  ]);
  const scope = new Scope(bindings, new SlotCounter());
  const run = new Compiler(FUNCTIONS).compile(parsed.expression, scope);
  return run({ slots: [], context: { graph: graph([orchard]), resource: orchard, touched: [orchard] } });
}

const show = (value: RuntimeValue) => (value.kind === 'bool' ? String(value.value) : value.kind);

test('what is decided holds however the unknowns turn out', () => {
  let decided = 0;
  fc.assert(
    fc.property(
      expressions.bool,
      values,
      fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
      (source, data, choices) => {
        const partial = evaluate(source, data);
        if (partial.kind !== 'bool') return;
        decided++;
        let at = 0;
        for (let round = 0; round < 5; round++) {
          const completion = new Completion((count) => (choices[at++ % choices.length] ?? 0) % count);
          const whole = completion.complete(toValue(data));
          if (whole.kind !== 'object') throw new Error('a resource is an object');
          const result = evaluate(source, Object.fromEntries(whole.entries));
          // A condition that is null is the policy's error, which the type checker finds before.
          if (result.kind === 'error') continue;
          expect(show(result), source).toBe(show(partial));
        }
      },
    ),
    { numRuns: Number(process.env['SOUNDNESS_RUNS'] ?? 3000) },
  );
  expect(decided).toBeGreaterThan(300);
});
