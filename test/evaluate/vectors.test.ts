import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  EvaluationBudget,
  type EvaluationContext,
  type Scope,
} from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression, evaluateTemplate } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { parseTypeConstraint } from '../../src/evaluate/terraform/expression/type-constraint.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { convertToConstraint } from '../../src/evaluate/terraform/values/convert.js';
import { compareForEquality } from '../../src/evaluate/terraform/values/equality.js';
import { decodeJson } from '../../src/evaluate/terraform/values/json.js';
import { formatNumber } from '../../src/evaluate/terraform/values/number.js';
import { typesEqual } from '../../src/evaluate/terraform/values/types.js';
import { containsUnknown } from '../../src/evaluate/terraform/values/unknown.js';
import { DYNAMIC, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../../src/model/type.js';
import type { UnknownValue, Value } from '../../src/model/value.js';
import { stringValue, typeOf } from '../../src/model/values.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { parseHclExpression, parseHclTemplate } from '../../src/syntax/hcl/parse-hcl.js';

interface Expected {
  readonly r: 'known' | 'unknown' | 'partial' | 'error' | 'may';
  readonly v?: string;
  readonly u?: string;
  readonly t?: unknown;
}

interface Vector extends Expected {
  readonly e: string;
  readonly ours?: Expected & { readonly why?: string };
}

const vectors: { readonly expressions: Vector[]; readonly conversions: (Vector & { readonly type: string })[] } =
  JSON.parse(readFileSync(new URL('../../fixtures/evaluate/terraform-vectors.json', import.meta.url), 'utf8'));

const computed = (name: string, type: Type, details: Partial<UnknownValue> = {}): UnknownValue => ({
  kind: 'unknown',
  type,
  reason: 'computed-by-provider',
  subject: `terraform_data.${name}`,
  identity: `terraform_data.${name}`,
  refersTo: [{ root: '.', address: `terraform_data.${name}`, attribute: 'output' }],
  ...details,
});

const locals: Readonly<Record<string, Value>> = {
  u_id: computed('str.id', STRING, { notNull: true }),
  u_str: computed('str', STRING),
  u_num: computed('num', NUMBER),
  u_bool: computed('bool', { kind: 'bool' }),
  u_list: computed('list', listOf(STRING)),
  u_set: computed('set', setOf(STRING)),
  u_map: computed('map', mapOf(STRING)),
  u_obj: computed('obj', {
    kind: 'object',
    attributes: new Map<string, Type>([
      ['a', STRING],
      ['c', NUMBER],
    ]),
  }),
  u_tup: computed('tup', { kind: 'tuple', elements: [STRING, NUMBER] }),
  u_lobj: computed('lobj', listOf({ kind: 'object', attributes: new Map([['a', STRING]]) })),
  u_any: computed('any', DYNAMIC),
  tpl: stringValue('a-${x}'),
};

const scope: Scope = {
  reference(name, steps) {
    const [first] = steps;
    if (first?.kind !== 'attribute') return undefined;
    if (name === 'path') return { value: stringValue('.'), consumed: 1 };
    const value = name === 'local' ? locals[first.name] : undefined;
    return value && { value, consumed: 1 };
  },
};

interface Answer {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}

function contextOf(text: string, diagnostics: Diagnostic[], inner: Scope = scope): EvaluationContext {
  const file = { path: 'orchard.tf', text };
  return {
    file,
    scope: inner,
    functions: terraformFunctions,
    functionContext: {
      fileSystem: {
        readFile: () => ({ ok: false, failure: 'missing' }),
        readDirectory: () => ({ ok: true, value: [] }),
        kindOf: (path) => (path === '' ? 'folder' : undefined),
      },
      rootFolder: '',
      templateDepth: 0,
      renderTemplate: (path, template, variables) => renderTemplate(path, template, variables, diagnostics),
    },
    budget: new EvaluationBudget(),
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
}

function renderTemplate(path: string, text: string, variables: ReadonlyMap<string, Value>, diagnostics: Diagnostic[]) {
  const names: Scope = {
    reference(name) {
      const value = variables.get(name);
      return value && { value, consumed: 0 };
    },
  };
  const parsed = parseHclTemplate({ path, text });
  diagnostics.push(...parsed.diagnostics);
  return evaluateTemplate(parsed.template, contextOf(text, diagnostics, names));
}

function evaluate(text: string): Answer {
  const diagnostics: Diagnostic[] = [];
  const context = contextOf(text, diagnostics);
  // A heredoc needs the line end after its marker, which an attribute would have.
  const source = { path: 'orchard.tf', text: text.startsWith('<<') ? `${text}\n` : text };
  const parsed = parseHclExpression(source);
  diagnostics.push(...parsed.diagnostics);
  return { value: evaluateExpression(parsed.expression, { ...context, file: source }), diagnostics };
}

function expectedValue(text: string): Value {
  const decoded = decodeJson(text);
  if (!decoded.ok) throw new Error(`${text}: ${decoded.message}`);
  return decoded.value;
}

function expectedType(type: unknown): Type {
  if (typeof type === 'string') return { kind: type as 'string' };
  const [kind, inner] = type as [string, unknown];
  if (kind === 'tuple') return { kind, elements: (inner as unknown[]).map(expectedType) };
  if (kind === 'object') {
    const attributes = Object.entries(inner as Record<string, unknown>).map(
      ([name, one]) => [name, expectedType(one)] as const,
    );
    return { kind, attributes: new Map(attributes) };
  }
  return { kind: kind as 'list', element: expectedType(inner) };
}

/** Whether the content is the same, whatever the types of collections. */
function sameContent(a: Value, b: Value): boolean {
  if (a.kind === 'list' && b.kind === 'list') {
    return a.elements.length === b.elements.length && a.elements.every((one, i) => sameContent(one, b.elements[i]!));
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const keys = [...a.entries.keys()];
    return (
      keys.join('\0') === [...b.entries.keys()].join('\0') &&
      keys.every((key) => sameContent(a.entries.get(key)!, b.entries.get(key)!))
    );
  }
  // Answers were printed as JSON: a number that is a double is the shortest decimal of the double there.
  if (a.kind === 'number' && b.kind === 'number') return formatNumber(a) === formatNumber(b);
  return compareForEquality(a, b) === true;
}

/** Whether what is expected as known is known and the same; `unknown` mirrors the shape and is true for the unknown. */
function coversPartial(value: Value, expected: Value, unknown: unknown): boolean {
  if (unknown === true) return true;
  if (expected.kind === 'list' && value.kind === 'list') {
    const marks = Array.isArray(unknown) ? unknown : [];
    return expected.elements.every(
      (one, i) => value.elements[i] !== undefined && coversPartial(value.elements[i], one, marks[i]),
    );
  }
  if (expected.kind === 'object' && value.kind === 'object') {
    const marks = (unknown ?? {}) as Record<string, unknown>;
    return [...expected.entries].every(([key, one]) => {
      const own = value.entries.get(key);
      return own !== undefined && coversPartial(own, one, marks[key]);
    });
  }
  return sameContent(value, expected);
}

type Verdict = 'equal' | 'less known' | 'more known' | 'different' | 'not an error';

function judge({ value, diagnostics }: Answer, expected: Expected): Verdict {
  const isKnown = !containsUnknown(value);
  switch (expected.r) {
    case 'error':
      return diagnostics.length > 0 && !isKnown ? 'equal' : 'not an error';
    case 'unknown':
      return isKnown || diagnostics.length > 0 ? 'more known' : 'equal';
    case 'partial': {
      if (expected.v?.includes('?')) return 'equal';
      const covered = coversPartial(value, expectedValue(expected.v ?? 'null'), JSON.parse(expected.u ?? 'false'));
      return covered && diagnostics.length === 0 ? 'equal' : value.kind === 'unknown' ? 'less known' : 'different';
    }
    case 'may':
    case 'known': {
      if (diagnostics.length > 0) return 'different';
      if (!isKnown) return expected.r === 'may' ? 'equal' : 'less known';
      if (expected.v?.includes('?') || expected.v === 'unknown') return 'different';
      const isSame = sameContent(value, expectedValue(expected.v ?? 'null'));
      const isTyped =
        expected.t === undefined || expected.t === 'dynamic' || typesEqual(typeOf(value), expectedType(expected.t));
      return isSame && isTyped ? 'equal' : 'different';
    }
  }
}

/** Where our answer differs from the vector, and why that is right or allowed. */
const DEVIATIONS: Readonly<Record<string, { readonly verdict: Verdict; readonly why: string }>> = {
  '[for x in local.u_tup : "k"]': { verdict: 'more known', why: 'the type says how many elements there are' },
  'can(local.u_str)': { verdict: 'more known', why: 'a reference that resolves cannot fail later' },
  '[local.u_str, "a"] == ["x", "b"]': {
    verdict: 'more known',
    why: 'the second elements differ whatever the first is',
  },
  '{a=local.u_str,b=1} == {a="x",b=2}': { verdict: 'more known', why: 'b differs whatever a is' },
  '{(local.u_str) = 1, b = 2}.b': {
    verdict: 'more known',
    why: 'a later key wins, so b is 2 whatever the first key is',
  },
  'length(local.u_bool ? {a=1} : {b=2})': { verdict: 'more known', why: 'both maps have one element' },
  'startswith(local.u_bool ? "abc-1" : "abc-2", "abd")': {
    verdict: 'more known',
    why: 'neither alternative begins so',
  },
  'join(local.u_str, ["a"])': { verdict: 'more known', why: 'one element needs no separator' },
  'startswith("p%{ if local.u_bool }a%{ else }b%{ endif }", "p")': { verdict: 'more known', why: 'known parts' },
  'pathexpand("~/a") != "~/a"': {
    verdict: 'less known',
    why: 'the home folder is that of the machine: reason "environment"',
  },
  'length(base64gzip("a"))': { verdict: 'less known', why: "the bytes that Go's compressor makes are not reproduced" },
  'split("-", "ab-${local.u_str}")[0]': { verdict: 'more known', why: 'the first separator is in the known beginning' },
  'contains([], local.u_str)': { verdict: 'more known', why: 'nothing is in an empty list' },
  'tomap({a=1})[local.u_str]': { verdict: 'more known', why: 'any other key is an error' },
  'length(concat(["a"], local.u_list)) > 0': { verdict: 'more known', why: 'the known prefix is one long' },
  'length(tolist(local.u_tup))': { verdict: 'more known', why: 'the type says how many elements there are' },
  'length(tomap(local.u_obj))': { verdict: 'more known', why: 'the type says how many attributes there are' },
  'toset([local.u_str, local.u_str])': { verdict: 'different', why: 'more known: the same unknown is one member' },
  '"\\q"': { verdict: 'not an error', why: 'the parser reports it and keeps the text; the file is incomplete' },
};

describe('expressions measured with Terraform', () => {
  const counts = new Map<string, number>();
  const rows = vectors.expressions;

  test.each(rows.map((vector, index) => [index, vector.e, vector] as const))('%i %s', (_index, text, vector) => {
    const verdict = judge(evaluate(text), vector.ours ?? vector);
    const deviation = DEVIATIONS[text];
    const key = deviation === undefined ? verdict : `deviates: ${verdict}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    expect(verdict).toBe(deviation?.verdict ?? 'equal');
  });

  test('counts', () => {
    console.log(`${rows.length} expressions:`, Object.fromEntries(counts));
    expect(rows.length).toBe(751);
  });
});

describe('conversions to the types of variables', () => {
  test.each(vectors.conversions.map((vector, index) => [index, vector.type, vector.e, vector] as const))(
    '%i %s from %s',
    (_index, type, text, vector) => {
      const diagnostics: Diagnostic[] = [];
      const file = { path: 'orchard.tf', text: type };
      const constraint = parseTypeConstraint(parseHclExpression(file).expression, file, (one) => diagnostics.push(one));
      expect(diagnostics).toEqual([]);
      const given = evaluate(text);
      expect(given.diagnostics).toEqual([]);
      const converted = convertToConstraint(given.value, constraint);
      if (!converted.ok) expect(vector.r, converted.message).toBe('error');
      else expect(judge({ value: converted.value, diagnostics: [] }, vector)).toBe('equal');
    },
  );
});
