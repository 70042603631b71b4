import { describe, expect, test } from 'vitest';
import {
  EvaluationBudget,
  type EvaluationContext,
  type ReferenceStep,
  type Scope,
} from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression, observeExpression } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { parseTypeConstraint } from '../../src/evaluate/terraform/expression/type-constraint.js';
import { FunctionFailure, type TerraformFunction } from '../../src/evaluate/terraform/functions/function.js';
import { formatNumber } from '../../src/evaluate/terraform/values/number.js';
import { constraintType, typeName } from '../../src/evaluate/terraform/values/types.js';
import { BOOL, DYNAMIC, listOf, NUMBER, STRING, type Type } from '../../src/model/type.js';
import type { Origin, UnknownValue, Value } from '../../src/model/value.js';
import { nullValue, stringValue } from '../../src/model/values.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { parseHclExpression } from '../../src/syntax/hcl/parse-hcl.js';

function unknown(name: string, type: Type, details: Partial<UnknownValue> = {}): UnknownValue {
  return {
    kind: 'unknown',
    type,
    reason: 'variable-without-value',
    subject: `var.${name}`,
    identity: `var.${name}`,
    ...details,
  };
}

const bucket = { root: '.', address: 'aws_s3_bucket.pears', attribute: 'arn' };
const key = { root: '.', address: 'aws_kms_key.cellar[0]', attribute: 'arn' };

const variables: Readonly<Record<string, Value>> = {
  name: unknown('name', STRING),
  zone: unknown('zone', STRING, { notNull: true }),
  count: unknown('count', NUMBER, { notNull: true, bounds: { min: 1, max: 3 } }),
  frost: unknown('frost', BOOL, { notNull: true }),
  trees: unknown('trees', listOf(STRING), { notNull: true }),
  arn: unknown('arn', STRING, { notNull: true, refersTo: [bucket] }),
  key: unknown('key', STRING, { notNull: true, refersTo: [key] }),
  secret: { ...stringValue('cider'), sensitive: true },
  known: { ...stringValue('pears'), refersTo: [{ ...bucket, attribute: 'bucket' }] },
};

const shout: TerraformFunction = {
  name: 'shout',
  parameters: [{ name: 'text', type: STRING }],
  variadic: { name: 'more', type: STRING },
  isNeverNull: true,
  returns: () => STRING,
  call(args) {
    const texts = args.map((one) => (one.kind === 'string' ? one.value : ''));
    if (texts.includes('')) throw new FunctionFailure('there is nothing to shout', texts.indexOf(''));
    return stringValue(texts.join(' ').toUpperCase());
  },
};

function contextFor(text: string, diagnostics: Diagnostic[], budget = new EvaluationBudget()): EvaluationContext {
  const scope: Scope = {
    reference(name, steps) {
      const [first] = steps;
      if (name === 'var' && first?.kind === 'attribute') {
        const value = variables[first.name];
        return value && { value, consumed: 1 };
      }
      if (name === 'aws_kms_key')
        return { value: variables['key'] ?? nullValue(), consumed: steps.length, mayFail: steps.length > 3 };
      return undefined;
    },
  };
  return {
    file: { path: 'orchard.tf', text },
    scope,
    functions: new Map([['shout', shout]]),
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
    budget,
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
}

function evaluate(text: string, budget?: EvaluationBudget) {
  const diagnostics: Diagnostic[] = [];
  const context = contextFor(text, diagnostics, budget);
  const parsed = parseHclExpression(context.file);
  expect(parsed.diagnostics).toEqual([]);
  const value = evaluateExpression(parsed.expression, context);
  return {
    value,
    plain: plainOf(value),
    diagnostics: diagnostics.map((one) => `${place(one.range)} ${one.code}: ${one.message}`),
  };
}

function place(range: SourceRange | undefined): string {
  if (range === undefined) return '';
  const lines = new LineIndex(range.file.text);
  const [start, end] = [lines.position(range.start), lines.position(range.end)];
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** A value as plain data: unknowns as `?`, with their parts. */
function plainOf(value: Value): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'number':
      return value.exact === undefined ? value.value : formatNumber(value);
    case 'list': {
      const elements = value.elements.map((one, index) => {
        const existence = value.existence?.get(index);
        return existence === undefined ? plainOf(one) : { [existence]: plainOf(one) };
      });
      return value.rest === undefined
        ? elements
        : [...elements, { rest: value.rest.element && plainOf(value.rest.element) }];
    }
    case 'object': {
      const entries = Object.fromEntries([...value.entries].map(([name, one]) => [name, plainOf(one)]));
      return value.rest === undefined
        ? entries
        : { ...entries, '...': value.rest.element && plainOf(value.rest.element) };
    }
    case 'unknown':
      if (value.parts !== undefined) return value.parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
      return '?';
    default:
      return value.value;
  }
}

function origins(value: Value): string[] {
  const chain: string[] = [];
  for (let at: Origin | undefined = value.origin; at !== undefined; at = at.from) chain.push(`${at.step} ${place(at)}`);
  return chain;
}

describe('what is wrong is reported with its place, and its value is unknown', () => {
  test.each([
    ['var.pears.x', '1:1-1:12 terraform-invalid-reference: There is no value named "var" here.'],
    [
      '{ bark = 1 }.barc',
      '1:14-1:18 terraform-invalid-reference: The object has no attribute "barc". Did you mean "bark"?',
    ],
    ['[1, 2][2]', '1:8-1:9 terraform-invalid-reference: The tuple has no element 2.'],
    [
      '{ a.b = 1 }',
      '1:3-1:6 terraform-invalid-value: A reference as a key must be in parentheses, a name with dots in quotes.',
    ],
    ['null.x', '1:6-1:7 terraform-invalid-reference: A null value has no attribute "x".'],
    ['"a" + 1', '1:1-1:4 terraform-invalid-value: The operand is not suitable: a number is required.'],
    ['!null', '1:2-1:6 terraform-invalid-value: The operand is null.'],
    ['0 / 0', '1:1-1:6 terraform-invalid-value: The result of "/" is not defined for these numbers.'],
    ['"a ${null} b"', '1:6-1:10 terraform-invalid-value: A null value cannot be part of a text.'],
    [
      'true ? [1] : { a = 1 }',
      '1:1-1:23 terraform-invalid-value: Both results of a conditional must have one type; these are tuple and object.',
    ],
    ['[for x in 5 : x]', '1:11-1:12 terraform-invalid-value: A number has no elements that a "for" could go over.'],
    ['{ (null) = 1 }', '1:3-1:9 terraform-invalid-value: The key of an object must not be null.'],
    ['shout("a", "")', '1:12-1:14 terraform-function-failed: "shout" failed: there is nothing to shout.'],
    ['shout()', '1:1-1:8 terraform-function-failed: "shout" takes at least 1 argument, not 0.'],
    ['shout(null)', '1:7-1:11 terraform-function-failed: The argument "text" of "shout" must not be null.'],
    [
      'shout([])',
      '1:7-1:9 terraform-function-failed: The argument "text" of "shout" is not suitable: string required.',
    ],
    ['shuot("a")', '1:1-1:6 terraform-unknown-function: There is no function named "shuot". Did you mean "shout"?'],
    [
      'try(null.x, [][0])',
      '1:1-1:19 terraform-function-failed: No argument of "try" succeeds. A null value has no attribute "x". The tuple has no element 0.',
    ],
  ])('%s', (text, diagnostic) => {
    const { value, diagnostics } = evaluate(text);
    expect(diagnostics).toEqual([diagnostic]);
    expect(
      JSON.stringify(value, (name, one) => (one instanceof Map ? [...one] : name === 'file' ? undefined : one)),
    ).toContain(diagnostic.includes('unknown-function') ? 'unsupported-function' : 'invalid-expression');
  });

  test('a side of an undecided conditional is not judged', () => {
    expect(evaluate('var.frost ? 1 : [][5]')).toMatchObject({ plain: '?', diagnostics: [] });
    expect(evaluate('var.frost ? 1 : [][5]').value).toMatchObject({
      alternatives: [{ value: 1 }],
      reason: 'variable-without-value',
    });
  });

  test('what one side decides needs no other side', () => {
    expect(evaluate('true || [][0]')).toMatchObject({ plain: true, diagnostics: [] });
    expect(evaluate('var.frost && false')).toMatchObject({ plain: false, diagnostics: [] });
  });
});

describe('what is known of an unknown is kept', () => {
  test.each<[string, unknown]>([
    ['"s3://${var.zone}/*"', 's3://?/*'],
    ['"s3://${var.zone}/*" == "gs://x"', false],
    ['"a-${var.zone}" == "a-${var.zone}"', true],
    ['var.zone != null', true],
    ['var.count > 0', true],
    ['var.count > 3', false],
    ['var.count >= 2', '?'],
    ['(var.frost ? 1 : 2) + 1 > 1', true],
    ['var.frost ? "a" : "a"', 'a'],
    ['var.frost ? { open = true, port = 22 } : { open = true, port = 443 }', { open: true, port: '?' }],
    ['{ (var.zone) = 1, b = 2 }', { b: 2, '...': 1 }],
    ['{ b = 2, (var.zone) = 1 }', { b: '?', '...': 1 }],
    ['[for t in var.trees : "t-${t}"]', [{ rest: 't-?' }]],
    ['[for t in ["a", "b"] : t if var.frost]', [{ perhaps: 'a' }, { perhaps: 'b' }]],
    ['[for t in ["a", var.zone] : t if t != "b"]', ['a', { perhaps: '?' }]],
    ['{ for t in ["a", var.zone] : t => 1 }', { a: 1, '...': 1 }],
    ['var.trees[*]', '?'],
    ['(var.frost ? [1, 2] : [3, 4])[1]', '?'],
    ['var.name[*]', [{ perhaps: '?' }]],
    ['"%{ if var.frost }frost%{ else }free%{ endif }"', 'fr?'],
    ['"a-${var.frost ? "x" : "y"}" == "a-z"', false],
    ['try(var.zone, "x")', '?'],
    ['can(var.zone)', true],
    ['shout(var.frost ? "a" : "b")', '?'],
  ])('%s', (text, plain) => {
    expect(evaluate(text)).toMatchObject({ plain, diagnostics: [] });
  });

  test('both alternatives of a conditional, also through a function', () => {
    expect(evaluate('shout(var.frost ? "a" : "b")').value).toMatchObject({
      type: STRING,
      subject: 'var.frost',
      alternatives: [{ value: 'A' }, { value: 'B' }],
    });
    expect(evaluate('var.frost ? 1 : 5').value).toMatchObject({ bounds: { min: 1, max: 5 } });
  });

  test('the same conditional is the same unknown', () => {
    const { value } = evaluate('[var.frost ? "a" : "b", var.frost ? "a" : "b", var.frost ? "a" : "c"]');
    const identities =
      value.kind === 'list' ? value.elements.map((one) => (one.kind === 'unknown' ? one.identity : '')) : [];
    expect(identities[0]).toBe(identities[1]);
    expect(identities[0]).not.toBe(identities[2]);
  });
});

describe('references', () => {
  const refersTo = (text: string) => evaluate(text).value.refersTo;

  test('are carried by what passes a value on', () => {
    expect(refersTo('try(aws_kms_key.cellar[0].arn, null)')).toEqual([key]);
    expect(refersTo('[var.arn][0]')).toEqual([bucket]);
    expect(refersTo('"${var.arn}"')).toEqual([bucket]);
    expect(refersTo('{ a = var.arn }.a')).toEqual([bucket]);
    expect(refersTo('true ? var.known : "x"')).toEqual([{ ...bucket, attribute: 'bucket' }]);
  });

  test('are candidates where it is not known which one it is', () => {
    expect(refersTo('var.frost ? var.arn : var.key')).toEqual([bucket, key]);
    expect(refersTo('[var.arn, var.key][var.count]')).toEqual([bucket, key]);
  });

  test('of a part of a text are not references of the text', () => {
    const { value } = evaluate('"${var.arn}/*"');
    expect(value.refersTo).toBeUndefined();
    expect(value).toMatchObject({ parts: [{ refersTo: [bucket] }, '/*'] });
  });

  test('get the whole chain of steps, keys evaluated', () => {
    const seen: (readonly ReferenceStep[])[] = [];
    const text = 'tree["a${1}"].fruit[0].seed';
    const parsed = parseHclExpression({ path: 'orchard.tf', text });
    evaluateExpression(parsed.expression, {
      ...contextFor(text, []),
      scope: {
        reference(_name, steps) {
          seen.push(steps);
          return { value: nullValue(), consumed: steps.length };
        },
      },
    });
    expect(seen).toMatchObject([
      [
        { kind: 'index', key: { value: 'a1' } },
        { kind: 'attribute', name: 'fruit' },
        { kind: 'index', key: { value: 0 } },
        { kind: 'attribute', name: 'seed' },
      ],
    ]);
  });

  test('that may not be there leave the other arguments of try open', () => {
    expect(evaluate('try(aws_kms_key.a.b.c.d, "none")').value).toMatchObject({
      kind: 'unknown',
      refersTo: [key],
      alternatives: [{ kind: 'unknown' }, { kind: 'string', value: 'none' }],
    });
    const text = 'try(aws_kms_key.cellar.arn, "none")';
    const context = contextFor(text, []);
    expect(observeExpression(parseHclExpression(context.file).expression, context)).toMatchObject({
      failed: false,
      mayFail: false,
    });
  });
});

describe('origins', () => {
  test('literals and computed values say where they are written', () => {
    expect(origins(evaluate('  22').value)).toEqual(['written 1:3-1:5']);
    expect(origins(evaluate('true ? "a" : "b"').value)).toEqual(['written 1:8-1:11']);
    expect(origins(evaluate('1 + 2').value)).toEqual(['written 1:1-1:6']);
    expect(origins(evaluate('{ a = [false] }.a[0]').value)).toEqual(['written 1:8-1:13']);
  });

  test('a literal that a condition chose is set where the condition is', () => {
    const step: Origin = { file: { path: 'prod.tfvars', text: 'keep = true' }, start: 7, end: 11, step: 'tfvars' };
    const scope: Scope = { reference: () => ({ value: { kind: 'bool', value: true, origin: step }, consumed: 1 }) };
    const context = { ...contextFor('var.keep ? "a" : "b"', []), scope };
    const { expression } = parseHclExpression(context.file);
    expect(origins(evaluateExpression(expression, context))).toEqual(['written 1:1-1:21', 'tfvars 1:8-1:12']);
  });

  test('a literal is one value however often it is evaluated', () => {
    const text = '{ sizes = [1, 2] }';
    const context = contextFor(text, []);
    const { expression } = parseHclExpression(context.file);
    expect(evaluateExpression(expression, context)).toBe(evaluateExpression(expression, context));
  });

  test('the stretches of a heredoc say where they are written', () => {
    const text = '<<-EOT\n    {\n      "a": "${var.zone}",\n      "b": 1\n    }\n  EOT\n';
    const { value } = evaluate(text);
    const layout = value.kind === 'unknown' ? value.layout : undefined;
    const joined =
      value.kind === 'unknown'
        ? (value.parts ?? []).map((part) => (typeof part === 'string' ? part : '?')).join('')
        : '';
    expect(joined).toBe('{\n  "a": "?",\n  "b": 1\n}\n');
    const starts = layout?.segments.map(({ at, start }) => [joined.slice(at, at + 3), text.slice(start, start + 3)]);
    expect(starts).toEqual([
      ['{\n ', '{\n '],
      ['  "', '  "'],
      ['?",', '${v'],
      ['",\n', '",\n'],
      ['  "', '  "'],
      ['}\n', '}\n '],
    ]);
  });
});

describe('sensitive values', () => {
  test.each<[string, boolean]>([
    ['var.secret', true],
    ['"a-${var.secret}"', true],
    ['var.secret == "x"', true],
    ['[var.secret]', false],
    ['[var.secret][0]', true],
    ['shout(var.secret)', true],
    ['can(var.secret)', false],
    ['var.secret == "cider" ? 1 : 2', true],
    ['"x%{ if var.secret == "y" }%{ endif }"', true],
    ['1', false],
  ])('%s', (text, isSensitive) => {
    expect(evaluate(text).value.sensitive === true).toBe(isSensitive);
  });
});

describe('names that objects have in JavaScript are names like others', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', (name) => {
    expect(evaluate(`{ ${name} = "pear" }.${name}`)).toMatchObject({ plain: 'pear', diagnostics: [] });
    expect(evaluate(`{ for k in ["${name}"] : k => k }["${name}"]`)).toMatchObject({ plain: name, diagnostics: [] });
    expect(evaluate(`{ a = 1 }.${name}`).diagnostics).toEqual([
      `1:11-1:${11 + name.length} terraform-invalid-reference: The object has no attribute "${name}".`,
    ]);
  });
});

describe('limits', () => {
  const digits = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';

  test('steps, reported once', () => {
    const nested = `[for a in ${digits} : [for b in ${digits} : [for c in ${digits} : a * b * c]]]`;
    const { diagnostics } = evaluate(nested, new EvaluationBudget(500));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatch(/limit-reached: Evaluation takes more steps than Trueline allows\.$/);
    expect(evaluate(nested).diagnostics).toEqual([]);
  });

  test('a limit inside try is reported all the same', () => {
    const { diagnostics } = evaluate(`try([for a in ${digits} : a], "none")`, new EvaluationBudget(4));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toContain('limit-reached');
  });

  test('numbers', () => {
    expect(evaluate('1e999999999').diagnostics).toEqual([
      '1:1-1:12 limit-reached: A number is beyond those that Trueline computes.',
    ]);
    expect(evaluate('1e9000 * 1e9000').diagnostics).toEqual([
      '1:1-1:16 limit-reached: The result of "*" is beyond the numbers that Trueline computes.',
    ]);
  });

  test('long texts', () => {
    const large = { ...stringValue('x'.repeat(9_000_000)) };
    const text = '"${var.large}${var.large}"';
    const diagnostics: Diagnostic[] = [];
    const context = contextFor(text, diagnostics);
    const value = evaluateExpression(parseHclExpression(context.file).expression, {
      ...context,
      scope: { reference: () => ({ value: large, consumed: 1 }) },
    });
    expect(value).toMatchObject({ kind: 'unknown', reason: 'limit-reached' });
    expect(diagnostics.map((one) => one.message)).toEqual(['A text is longer than Trueline allows.']);
  });

  test('expressions as deep as the parser lets through', () => {
    const deep = `${'('.repeat(240)}1${')'.repeat(240)}`;
    expect(evaluate(deep)).toMatchObject({ plain: 1, diagnostics: [] });
  });
});

describe('the types of variables', () => {
  function read(text: string) {
    const diagnostics: Diagnostic[] = [];
    const file = { path: 'variables.tf', text };
    const constraint = parseTypeConstraint(parseHclExpression(file).expression, file, (one) => diagnostics.push(one));
    return { constraint, diagnostics: diagnostics.map((one) => `${place(one.range)} ${one.code}: ${one.message}`) };
  }

  test('are read with their optional attributes', () => {
    const { constraint, diagnostics } = read(
      'map(object({ name = string, size = optional(number, "3"), tags = optional(set(any)) }))',
    );
    expect(diagnostics).toEqual([]);
    expect(typeName(constraintType(constraint))).toBe('map of object');
    expect(constraint).toMatchObject({ kind: 'map', element: { kind: 'object' } });
    const attributes =
      constraint.kind === 'map' && constraint.element.kind === 'object' ? constraint.element.attributes : new Map();
    expect(attributes.get('name')).toEqual({ type: { kind: 'string' }, isOptional: false });
    expect(attributes.get('size')).toMatchObject({ isOptional: true, default: { kind: 'number', value: 3 } });
    expect(attributes.get('tags')).toMatchObject({
      isOptional: true,
      type: { kind: 'set', element: { kind: 'dynamic' } },
    });
  });

  test.each([
    ['strin', '1:1-1:6 terraform-invalid-variable: There is no type "strin". Did you mean "string"?'],
    ['list()', '1:1-1:7 terraform-invalid-variable: "list" takes one argument.'],
    ['object(string)', '1:8-1:14 terraform-invalid-variable: An object type takes its attributes in braces.'],
    ['tuple(string)', '1:7-1:13 terraform-invalid-variable: A tuple type takes a list of types in brackets.'],
    [
      'optional(string)',
      '1:1-1:17 terraform-invalid-variable: "optional" stands only before the type of an attribute of an object.',
    ],
    [
      'object({ a = optional(number, "x") })',
      '1:31-1:34 terraform-invalid-variable: The default does not suit its type: a number is required.',
    ],
    ['list("thing")', '1:7-1:12 terraform-invalid-variable: There is no type "thing". Did you mean "string"?'],
    [
      '5',
      '1:1-1:2 terraform-invalid-variable: This is not a type: a type is a keyword, or a keyword with types in parentheses.',
    ],
  ])('%s', (text, diagnostic) => {
    expect(read(text).diagnostics).toEqual([diagnostic]);
  });

  test('in quotes, as JSON syntax has them', () => {
    expect(read('"list(string)"')).toMatchObject({
      constraint: { kind: 'list', element: { kind: 'string' } },
      diagnostics: [],
    });
    expect(read('"map"')).toMatchObject({ constraint: { kind: 'map', element: DYNAMIC }, diagnostics: [] });
  });

  test('nested too deep end in a diagnostic', () => {
    const { diagnostics } = read(`${'list('.repeat(150)}string${')'.repeat(150)}`);
    expect(diagnostics).toEqual(['1:506-1:806 limit-reached: A type is nested more than 100 deep.']);
  });
});
