import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EvaluationBudget, type Scope } from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { convertValue } from '../../src/evaluate/terraform/values/convert.js';
import { compareForEquality } from '../../src/evaluate/terraform/values/equality.js';
import { decodeJson } from '../../src/evaluate/terraform/values/json.js';
import { compareNumbers } from '../../src/evaluate/terraform/values/number.js';
import { typesMayBeEqual } from '../../src/evaluate/terraform/values/types.js';
import { lengthRange } from '../../src/evaluate/terraform/values/unknown.js';
import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../../src/model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../../src/model/value.js';
import { nullValue, numberValue, typeOf } from '../../src/model/values.js';
import { parseHclExpression } from '../../src/syntax/hcl/parse-hcl.js';

/** The unknowns of the orchard, their types, and what they can turn out to be. */
const CRATE: Type = {
  kind: 'object',
  attributes: new Map<string, Type>([
    ['a', STRING],
    ['n', NUMBER],
  ]),
};
const TYPES: Readonly<Record<string, Type>> = {
  s: STRING,
  t: STRING,
  n: NUMBER,
  b: BOOL,
  l: listOf(STRING),
  z: setOf(STRING),
  m: mapOf(STRING),
  o: CRATE,
  any: DYNAMIC,
};
const NOT_NULL = new Set(['t', 'l', 'z', 'm']);

const text = fc.constantFrom('', 'a', 'b', 'ab', 'pear', '1', 'true');
const plain: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  s: fc.oneof(text, fc.constant(null)),
  t: text,
  n: fc.oneof(fc.constantFrom(-1, 0, 1, 2, 5), fc.constant(null)),
  b: fc.oneof(fc.boolean(), fc.constant(null)),
  l: fc.array(text, { maxLength: 3 }),
  z: fc.array(text, { maxLength: 3 }),
  m: fc.dictionary(fc.constantFrom('a', 'b', 'k'), text, { maxKeys: 3 }),
  o: fc.oneof(fc.record({ a: text, n: fc.constantFrom(0, 1, 2) }), fc.constant(null)),
  any: fc.oneof(text, fc.constantFrom(0, 1), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 })),
};

function known(name: string, data: unknown): Value {
  const decoded = decodeJson(JSON.stringify(data));
  if (!decoded.ok) throw new Error(decoded.message);
  const converted = convertValue(decoded.value, TYPES[name] ?? DYNAMIC);
  if (!converted.ok) throw new Error(converted.message);
  return { ...converted.value, refersTo: [{ root: '.', address: `orchard_tree.${name}`, attribute: 'id' }] };
}

const unknowns: Readonly<Record<string, Value>> = Object.fromEntries(
  Object.entries(TYPES).map(([name, type]): [string, UnknownValue] => [
    name,
    {
      kind: 'unknown',
      type,
      reason: 'computed-by-provider',
      identity: name,
      refersTo: [{ root: '.', address: `orchard_tree.${name}`, attribute: 'id' }],
      ...(NOT_NULL.has(name) ? { notNull: true } : {}),
    },
  ]),
);

const notNullUnknowns: Readonly<Record<string, Value>> = Object.fromEntries(
  Object.entries(unknowns).map(([name, value]) => [name, { ...value, notNull: true }]),
);
const INSTEAD_OF_NULL: Readonly<Record<string, unknown>> = {
  s: 'plum',
  n: 3,
  b: true,
  o: { a: 'fig', n: 7 },
  any: 'any',
};
const NULL_SAFE = new Set(['upper', 'tostring', 'tonumber', 'tolist', 'toset', 'length', 'jsonencode', 'try', 'can']);

/** Functions that always give the same, with how many arguments they take here. */
const CALLS: readonly (readonly [string, number])[] = [
  ...([
    'abs',
    'alltrue',
    'anytrue',
    'base64encode',
    'ceil',
    'chomp',
    'compact',
    'distinct',
    'flatten',
    'floor',
  ] as const),
  ...(['jsonencode', 'keys', 'length', 'lower', 'md5', 'one', 'reverse', 'sort', 'strrev', 'sum', 'title'] as const),
  ...([
    'tobool',
    'tolist',
    'tomap',
    'tonumber',
    'toset',
    'tostring',
    'trimspace',
    'upper',
    'values',
    'transpose',
  ] as const),
]
  .map((name): readonly [string, number] => [name, 1])
  .concat(
    ['chunklist', 'coalesce', 'concat', 'contains', 'element', 'endswith', 'format', 'formatlist', 'index']
      .concat([
        'join',
        'lookup',
        'max',
        'merge',
        'min',
        'range',
        'setintersection',
        'setproduct',
        'setsubtract',
        'setunion',
      ])
      .concat(['split', 'startswith', 'strcontains', 'trim', 'trimprefix', 'trimsuffix', 'zipmap'])
      .map((name): readonly [string, number] => [name, 2]),
  )
  .concat(
    [
      'coalesce',
      'concat',
      'format',
      'lookup',
      'merge',
      'range',
      'replace',
      'slice',
      'substr',
      'matchkeys',
      'setunion',
    ].map((name): readonly [string, number] => [name, 3]),
  )
  .filter(([name]) => terraformFunctions.has(name));

interface Outcome {
  readonly value: Value;
  readonly failed: boolean;
}

function evaluate(source: string, names: Readonly<Record<string, Value>>): Outcome {
  let failed = false;
  const scope: Scope = {
    reference(name) {
      const value = names[name];
      return value && { value, consumed: 0 };
    },
  };
  const file = { path: 'orchard.tf', text: source };
  const parsed = parseHclExpression(file);
  expect(parsed.diagnostics, source).toEqual([]);
  const value = evaluateExpression(parsed.expression, {
    file,
    scope,
    functions: terraformFunctions,
    functionContext: {
      fileSystem: {
        readFile: () => ({ ok: false, failure: 'missing' }),
        readDirectory: () => ({ ok: false, failure: 'missing' }),
        kindOf: () => undefined,
      },
      rootFolder: '',
      templateDepth: 0,
      renderTemplate: () => nullValue(),
    },
    budget: new EvaluationBudget(),
    report: () => {
      failed = true;
    },
  });
  return { value, failed };
}

/**
 * A conditional does not unify types with a side that turns out to be an error, and functions guess the type of what may be
 * of any: there types are not compared, only what is in the values.
 */
let areTypesLoose = false;
/** Of equal members of a set one stays, and with it what it refers to: there references are not compared. */
let areReferencesChecked = true;

/**
 * Why what is known does not hold for what it turned out to be; undefined where it does. A text and the number or bool of
 * the same text are one: a conditional takes no notice of the type of a side that turns out to be an error.
 */
function contradiction(value: Value, actual: Value): string | undefined {
  const why = strictContradiction(value, actual);
  if (why === undefined) return why;
  const isText = (one: Value) => one.kind === 'number' || one.kind === 'bool';
  const [left, right] = [convertValue(value, STRING), convertValue(actual, STRING)];
  if (isText(actual) && right.ok) return strictContradiction(value, right.value);
  return isText(value) && left.ok ? strictContradiction(left.value, actual) : why;
}

function strictContradiction(value: Value, actual: Value): string | undefined {
  const references = areReferencesChecked && actual.kind === 'string' ? (actual.refersTo ?? []) : [];
  const missing = references.filter(
    (one) =>
      !value.refersTo?.some((own) => own.address === one.address) && value.kind !== 'list' && value.kind !== 'object',
  );
  if (missing.length > 0) return `does not refer to ${missing[0]?.address}`;
  if (value.kind === 'unknown') return contradictsUnknown(value, actual);
  if (!areTypesLoose && !typesMayBeEqual(typeOf(value), typeOf(actual)))
    return `type ${typeOf(value).kind} is ${typeOf(actual).kind}`;
  if (value.kind === 'list') {
    if (actual.kind !== 'list') return 'is no list';
    const fits = value.type.kind === 'set' ? fitsSet(value, actual) : fitsList(value, actual, 0, 0);
    return fits ? undefined : 'other elements';
  }
  if (value.kind === 'object') return actual.kind === 'object' ? contradictsObject(value, actual) : 'is no object';
  return compareForEquality(value, actual) === true ? undefined : 'another value';
}

const fits = (value: Value, actual: Value) => contradiction(value, actual) === undefined;

function fitsList(value: ListValue, actual: ListValue, i: number, j: number): boolean {
  const element = value.elements[i];
  const own = actual.elements[j];
  if (element === undefined) {
    if (own === undefined) return true;
    const { rest } = value;
    if (rest === undefined) return false;
    return (rest.element === undefined || fits(rest.element, own)) && fitsList(value, actual, i, j + 1);
  }
  const existence = value.existence?.get(i);
  if (existence !== undefined && fitsList(value, actual, i + 1, j)) return true;
  if (own === undefined || !fits(element, own)) return false;
  return fitsList(value, actual, existence === 'any-number' ? i : i + 1, j + 1);
}

function fitsSet(value: ListValue, actual: ListValue): boolean {
  const range = lengthRange(value);
  const size = actual.elements.length;
  if (range === undefined || size < range.min || size > (range.max ?? Number.POSITIVE_INFINITY)) return false;
  const isThere = value.elements.every(
    (element, index) => value.existence?.has(index) || actual.elements.some((own) => fits(element, own)),
  );
  return (
    isThere &&
    actual.elements.every((own) => value.rest !== undefined || value.elements.some((element) => fits(element, own)))
  );
}

function contradictsObject(value: ObjectValue, actual: ObjectValue): string | undefined {
  for (const [key, entry] of value.entries) {
    const own = actual.entries.get(key);
    if (own === undefined) return `no ${key}`;
    const why = contradiction(entry, own);
    if (why !== undefined) return `${key}: ${why}`;
  }
  for (const [key, own] of actual.entries) {
    if (value.entries.has(key)) continue;
    if (value.rest === undefined) return `also ${key}`;
    if (value.rest.element !== undefined && !fits(value.rest.element, own))
      return `rest: ${contradiction(value.rest.element, own)}`;
  }
  return undefined;
}

function contradictsUnknown(value: UnknownValue, actual: Value): string | undefined {
  if (!areTypesLoose && !typesMayBeEqual(value.type, typeOf(actual)))
    return `type ${value.type.kind} is ${typeOf(actual).kind}`;
  if (actual.kind === 'null') return value.notNull || value.parts ? 'is null' : undefined;
  if (value.alternatives !== undefined) {
    if (
      !value.alternatives.some((one) => one.kind !== 'absent' && fits({ ...one, refersTo: actual.refersTo }, actual))
    ) {
      return 'none of the alternatives';
    }
  }
  if (value.parts !== undefined && actual.kind === 'string') {
    const pattern = value.parts
      .map((part) => (typeof part === 'string' ? part.replace(/[^a-z0-9]/gi, '\\$&') : '[^]*'))
      .join('');
    if (!new RegExp(`^${pattern}$`).test(actual.value)) return `parts ${pattern}`;
  }
  if (value.bounds !== undefined && actual.kind === 'number') {
    const { min, max } = value.bounds;
    if (min !== undefined && compareNumbers(numberValue(min), actual) > 0) return 'below its bounds';
    if (max !== undefined && compareNumbers(numberValue(max), actual) < 0) return 'above its bounds';
  }
  const range = lengthRange(value);
  const length = lengthRange(actual);
  if (range !== undefined && length !== undefined) {
    if (length.min < range.min || length.min > (range.max ?? Number.POSITIVE_INFINITY)) return 'another length';
  }
  if (value.encoded !== undefined && actual.kind === 'string') {
    const decoded = decodeJson(actual.value);
    // What was encoded may have been a list, set or map: JSON does not say.
    if (!decoded.ok || !fits(untyped(value.encoded), untyped(decoded.value))) return 'another document';
  }
  return undefined;
}

/** Without types and what numbers and sets do not keep in JSON. */
function untyped(value: Value): Value {
  switch (value.kind) {
    case 'list':
      return { ...value, type: DYNAMIC, elements: value.elements.map(untyped), refersTo: undefined };
    case 'object':
      return {
        ...value,
        type: DYNAMIC,
        entries: new Map([...value.entries].map(([key, entry]) => [key, untyped(entry)])),
        refersTo: undefined,
      };
    case 'unknown':
      return { kind: 'unknown', reason: value.reason, type: DYNAMIC };
    default:
      return { ...value, refersTo: undefined };
  }
}

/** Random expressions of the language over the unknowns. */
const { expression } = fc.letrec<{ expression: string; atom: string; branch: string }>((tie) => {
  const inner = tie('expression');
  const atom = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(TYPES)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('"a"', '"b"', '"pear"', '1', '0', '2.5', 'true', 'false', 'null', '[]', '{}'),
    },
  );
  const compose = (shape: (...parts: string[]) => string, count: number) =>
    fc.tuple(...Array.from({ length: count }, () => inner)).map((parts) => shape(...parts));
  const operator = fc.constantFrom('+', '-', '*', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||');
  const call = fc
    .tuple(fc.constantFrom(...CALLS), inner, inner, inner)
    .map(([[name, count], ...args]) => `${name}(${args.slice(0, count).join(', ')})`);
  const branch = fc.oneof(
    fc.tuple(inner, operator, inner).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    compose((a) => `!${a}`, 1),
    compose((a) => `(-${a})`, 1),
    compose((a, b, c) => `(${a} ? ${b} : ${c})`, 3),
    compose((a, b) => `(b ? ${a} : ${b})`, 2),
    compose((a) => `"x-\${${a}}"`, 1),
    compose((a) => `"\${${a}}"`, 1),
    compose((a, b) => `"\${${a}}-\${${b}}"`, 2),
    compose((a, b, c) => `"p%{ if ${a} }\${${b}}%{ else }\${${c}}%{ endif }"`, 3),
    compose((a) => `"p%{ for v in ${a} }\${v},%{ endfor }"`, 1),
    compose((a, b) => `[${a}, ${b}]`, 2),
    compose((a) => `[${a}]`, 1),
    compose((a, b) => `{ a = ${a}, n = ${b} }`, 2),
    compose((a, b, c) => `{ a = ${a}, (${b}) = ${c}, k = 1 }`, 3),
    compose((a) => `${a}.a`, 1),
    compose((a, b) => `${a}[${b}]`, 2),
    compose((a) => `${a}[0]`, 1),
    compose((a) => `${a}[*]`, 1),
    compose((a) => `${a}[*].a`, 1),
    compose((a, b) => `[for v in ${a} : ${b}]`, 2),
    compose((a) => `[for i, v in ${a} : "\${i}-\${v}"]`, 1),
    compose((a, b) => `[for v in ${a} : v if ${b}]`, 2),
    compose((a) => `[for v in ${a} : v if v != "a"]`, 1),
    compose((a, b) => `{for k, v in ${a} : k => ${b}}`, 2),
    compose((a) => `{for v in ${a} : v => v...}`, 1),
    compose((a, b) => `toset([${a}, ${b}])`, 2),
    fc.tuple(atom, atom).map(([a, b]) => `length(toset([${a}, ${b}]))`),
    fc.tuple(atom, atom).map(([a, b]) => `[for v in toset([${a}, ${b}]) : v]`),
    fc.tuple(atom, atom).map(([a, b]) => `toset([${a}, "a", ${b}])`),
    compose((a, b) => `try(${a}, ${b})`, 2),
    compose((a) => `can(${a})`, 1),
    { weight: 12, arbitrary: call },
  );
  return { expression: fc.oneof({ maxDepth: 3, depthSize: 'small' }, atom, branch), atom, branch };
});

describe('what is decided with unknowns holds for every way in which they can turn out', () => {
  test('random expressions, compared with their completions', () => {
    let decided = 0;
    fc.assert(
      fc.property(expression, fc.array(fc.record(plain), { minLength: 4, maxLength: 4 }), (source, completions) => {
        // Functions look at the types of nulls less closely than at those of unknowns: there nothing is null.
        const isNullable = ![...source.matchAll(/([a-z0-9]+)\(/g)].some(([, name]) => !NULL_SAFE.has(name ?? ''));
        areReferencesChecked = !source.includes('set') && !source.includes('distinct');
        areTypesLoose = source.includes('?') || !isNullable;
        const given = isNullable ? unknowns : notNullUnknowns;
        const before = evaluate(source, given);
        if (before.value.kind !== 'unknown') decided++;
        for (const completion of completions) {
          const names = Object.fromEntries(
            Object.entries(completion).map(([name, data]) => [
              name,
              known(name, isNullable ? data : (data ?? INSTEAD_OF_NULL[name])),
            ]),
          );
          const after = evaluate(source, names);
          const told = `${source} with ${JSON.stringify(completion)}`;
          // Of `true ? 1 : any` the number is kept, as Terraform does, though it becomes text if "any" turns out to be.
          const isOfAnyType = source.includes('any') && source.includes('?');
          if (before.failed && !isOfAnyType) expect(after.failed, `${told}: reported, and is no error`).toBe(true);
          if (before.failed || after.failed) continue;
          expect(
            contradiction(before.value, after.value),
            `${told}: ${show(before.value)} became ${show(after.value)}`,
          ).toBeUndefined();
        }
      }),
      { numRuns: Number(process.env['SOUNDNESS_RUNS'] ?? 1500), seed: Number(process.env['SOUNDNESS_SEED'] ?? 4711) },
    );
    expect(decided).toBeGreaterThan(100);
  });
});

function show(value: Value): string {
  return JSON.stringify(value, (key, one) => {
    if (one instanceof Map) return Object.fromEntries(one);
    return key === 'origin' || key === 'refersTo' ? undefined : one;
  });
}
