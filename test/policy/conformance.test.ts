import { tests as suite } from '@bufbuild/cel-spec/testdata/conformance.js';
import { describe, expect, test } from 'vitest';
import { Checker } from '../../src/policy/language/check.js';
import { Compiler } from '../../src/policy/language/compile.js';
import type { Frame } from '../../src/policy/language/frame.js';
import { FUNCTIONS } from '../../src/policy/language/functions/index.js';
import { parseExpression } from '../../src/policy/language/parse-expression.js';
import { type RuntimeValue, typeName } from '../../src/policy/language/runtime-value.js';
import { type Binding, Scope, SlotCounter } from '../../src/policy/language/scope.js';
import { DYN, type StaticType } from '../../src/policy/language/static-type.js';
import { parseDuration, parseTimestamp } from '../../src/policy/language/times.js';
import { catalogue, graph, resource } from './orchard.js';

/* The test data of CEL, as JSON of its protobuf messages: https://github.com/google/cel-spec/tree/master/tests */

type Json = { readonly [key: string]: unknown };

interface Case {
  readonly id: string;
  readonly section: string;
  readonly test: Json & { readonly name: string; readonly expr: string };
}

/** Whole sections that are about what the language does not have. */
const NOT_OURS: Readonly<Record<string, string>> = {
  proto2: 'protobuf messages',
  proto2_ext: 'protobuf messages',
  proto3: 'protobuf messages',
  enums: 'protobuf enums',
  dynamic: 'protobuf messages and wrappers',
  wrappers: 'protobuf wrappers',
  math_ext: 'the math extension is not part of the language',
  encoders_ext: 'the encoders extension is not part of the language',
  bindings_ext: 'the bindings extension is not part of the language: policies have variables',
  block_ext: 'cel.block is made by optimisers, nobody writes it',
};

/** Single tests that do not pass, each with its reason. */
const EXACT = 'numbers of different kinds are compared by their mathematical values: 2^63 is more than 2^63 - 1';
const DEVIATIONS: Readonly<Record<string, string>> = {
  'comparisons/lt_literal/not_lt_dyn_int_big_lossy_double': EXACT,
  'comparisons/gt_literal/not_gt_dyn_big_double_int': EXACT,
  'comparisons/lte_literal/lte_dyn_big_double_int': EXACT,
  'comparisons/gte_literal/gte_dyn_int_big_lossy_double': EXACT,
};

/** Tests declare functions of their own; policies cannot. */
const declaresFunctions = ({ typeEnv }: Json) => JSON.stringify(typeEnv ?? '').includes('"function"');

function* casesOf(): Generator<Case> {
  for (const section of suite.suites ?? []) {
    for (const group of section.suites ?? []) {
      for (const { original } of group.tests ?? []) {
        const id = `${section.name}/${group.name}/${original.name}`;
        yield { id, section: section.name, test: original as Case['test'] };
      }
    }
  }
}

const NEEDS_MESSAGES = /TestAllTypes|google\.protobuf\.|NestedTestAllTypes|GlobalEnum|proto\.(has|get)Ext/;

function needsMessages({ expr, container, typeEnv, bindings, value }: Json): boolean {
  const text = JSON.stringify([container, typeEnv, bindings, value]);
  return (
    NEEDS_MESSAGES.test(String(expr).replace(/google\.protobuf\.(Timestamp|Duration)(?!\s*\{)/g, '')) ||
    /TestAllTypes|type\.googleapis\.com\/(?!google\.protobuf\.(Timestamp|Duration)"?)/.test(text)
  );
}

const is = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** A value of the test data. */
function toRuntime(value: unknown): RuntimeValue {
  if (!is(value)) return { kind: 'null', isLiteral: true };
  const [[kind, data] = ['', undefined]] = Object.entries(value);
  switch (kind) {
    case 'boolValue':
      return { kind: 'bool', value: data === true };
    case 'int64Value':
      return { kind: 'int', value: BigInt(String(data)) };
    case 'uint64Value':
      return { kind: 'uint', value: BigInt(String(data)) };
    case 'doubleValue':
      return { kind: 'double', value: Number(data) };
    case 'stringValue':
      return { kind: 'string', value: String(data) };
    case 'bytesValue':
      return { kind: 'bytes', value: Buffer.from(String(data), 'base64').toString('latin1') };
    case 'listValue': {
      const values = is(data) && Array.isArray(data['values']) ? data['values'] : [];
      return { kind: 'list', elements: values.map(toRuntime), isResult: true };
    }
    case 'mapValue': {
      const entries = is(data) && Array.isArray(data['entries']) ? data['entries'] : [];
      const pairs = entries.map(({ key, value: entry }: Json) => ({ key: toRuntime(key), value: toRuntime(entry) }));
      return { kind: 'map', entries: new Map(pairs.map((pair) => [keyOf(pair.key), pair])) };
    }
    case 'typeValue':
      return { kind: 'type', value: String(data) };
    case 'objectValue': {
      const message = is(data) ? data : {};
      if (String(message['@type']).endsWith('Timestamp')) return parseTimestamp(String(message['value']));
      if (String(message['@type']).endsWith('Duration')) return parseDuration(String(message['value']));
      return { kind: 'error', category: 'policy-error', message: 'a message' };
    }
    default:
      return { kind: 'null', isLiteral: true };
  }
}

function keyOf(key: RuntimeValue): string {
  if (key.kind === 'string') return `s${key.value}`;
  return key.kind === 'bool' ? `b${key.value}` : `n${'value' in key ? String(key.value) : ''}`;
}

/** A text that is equal for equal values; map entries in any order. */
function show(value: RuntimeValue): string {
  switch (value.kind) {
    case 'list':
      return `[${value.elements.map(show).join(', ')}]`;
    case 'map':
      return `{${[...value.entries.values()]
        .map((entry) => `${show(entry.key)}: ${show(entry.value)}`)
        .sort()
        .join(', ')}}`;
    case 'null':
      return 'null';
    case 'optional':
      return value.value === undefined ? 'none' : `optional ${show(value.value)}`;
    case 'error':
      return `error: ${value.message}`;
    case 'double':
      return `double ${Object.is(value.value, -0) ? '-0' : value.value}`;
    default:
      return `${typeName(value)} ${'value' in value ? JSON.stringify(String(value.value)) : ''}`;
  }
}

function toStatic(type: unknown): StaticType {
  if (!is(type)) return DYN;
  if (typeof type['primitive'] === 'string') {
    const kinds = {
      BOOL: 'bool',
      INT64: 'int',
      UINT64: 'uint',
      DOUBLE: 'double',
      STRING: 'string',
      BYTES: 'bytes',
    } as const;
    const kind = Object.entries(kinds).find(([name]) => name === type['primitive'])?.[1];
    return kind === undefined ? DYN : { kind };
  }
  if (is(type['listType'])) return { kind: 'list', element: toStatic(type['listType']['elemType']) };
  if (is(type['mapType'])) {
    return { kind: 'map', key: toStatic(type['mapType']['keyType']), value: toStatic(type['mapType']['valueType']) };
  }
  return DYN;
}

const orchard = resource('orchard', 'r', {});

function run({ test: source }: Case): RuntimeValue {
  const fail = (message: string): RuntimeValue => ({ kind: 'error', category: 'policy-error', message });
  const parsed = parseExpression(source.expr);
  if (!parsed.ok) return fail(`parse: ${parsed.problem.message}`);
  const bindings = new Map<string, Binding>();
  for (const name of [
    'int',
    'uint',
    'double',
    'bool',
    'string',
    'bytes',
    'list',
    'map',
    'null_type',
    'type',
    'optional_type',
    'google.protobuf.Timestamp',
    'google.protobuf.Duration',
  ]) {
    bindings.set(name, { kind: 'constant', value: { kind: 'type', value: name } });
  }
  const types = new Map<string, StaticType>();
  for (const entry of Array.isArray(source['typeEnv']) ? source['typeEnv'] : []) {
    if (is(entry) && is(entry['ident'])) types.set(String(entry['name']), toStatic(entry['ident']['type']));
  }
  for (const [name, value] of Object.entries(is(source['bindings']) ? source['bindings'] : {})) {
    const bound = is(value) && is(value['value']) ? value['value'] : value;
    bindings.set(name, { kind: 'constant', value: toRuntime(bound) });
    if (!types.has(name)) types.set(name, DYN);
  }
  const container = typeof source['container'] === 'string' ? `${source['container']}.` : '';
  for (const names of [bindings, types] as Map<string, never>[]) {
    for (const [name, value] of [...names])
      if (container !== '' && name.startsWith(container)) names.set(name.slice(container.length), value);
  }
  if (source['disableCheck'] !== true) {
    const checker = new Checker({ shapes: catalogue({}), allowsDynamicPatterns: true });
    checker.check(parsed.expression, types);
    const problem = checker.problems.find(({ severity }) => severity === 'error');
    if (problem !== undefined) return fail(`check: ${problem.message}`);
  }
  if (source['checkOnly'] === true) return { kind: 'bool', value: true };
  const evaluate = new Compiler(FUNCTIONS).compile(parsed.expression, new Scope(bindings, new SlotCounter()));
  const frame: Frame = { slots: [], context: { graph: graph([orchard]), resource: orchard, touched: [] } };
  return evaluate(frame);
}

function expected({ test: source }: Case): string {
  if (source['evalError'] !== undefined) return 'error';
  if (source['checkOnly'] === true) return show({ kind: 'bool', value: true });
  const typed = is(source['typedResult']) ? source['typedResult']['result'] : undefined;
  const value = source['value'] ?? typed;
  return value === undefined ? show({ kind: 'bool', value: true }) : show(toRuntime(value));
}

const cases = [...casesOf()];
const ours = cases.filter(
  (entry) => NOT_OURS[entry.section] === undefined && !needsMessages(entry.test) && !declaresFunctions(entry.test),
);
const passes = (entry: Case) => {
  const wanted = expected(entry);
  const given = show(run(entry));
  return wanted === 'error' ? given.startsWith('error') : given === wanted;
};

describe('conformance with CEL', () => {
  test.each(ours.flatMap((entry) => (DEVIATIONS[entry.id] === undefined ? [[entry.id, entry] as const] : [])))(
    '%s',
    (_, entry) => {
      const wanted = expected(entry);
      const given = show(run(entry));
      expect(wanted === 'error' && given.startsWith('error') ? 'error' : given, entry.test.expr).toBe(wanted);
    },
  );

  test.each(Object.entries(DEVIATIONS))('%s deviates: %s', (id) => {
    const entry = ours.find((candidate) => candidate.id === id);
    expect(entry !== undefined && !passes(entry), 'it passes now, or is no test: take it out of the table').toBe(true);
  });

  test('is counted', () => {
    const deviating = Object.keys(DEVIATIONS).length;
    const counts = { all: cases.length, ours: ours.length, passing: ours.length - deviating, deviating };
    console.info(`CEL conformance: ${JSON.stringify(counts)}`);
    expect(cases).toHaveLength(2344);
    expect(ours.length).toBeGreaterThan(1300);
  });
});
