import { describe, expect, test } from 'vitest';
import { EvaluationBudget } from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { encodeJson } from '../../src/evaluate/terraform/values/json.js';
import { listOf, STRING } from '../../src/model/type.js';
import type { Value } from '../../src/model/value.js';
import { parseHclExpression } from '../../src/syntax/hcl/parse-hcl.js';

const orchard = { root: '.', address: 'aws_vpc.orchard', attribute: 'id' };
const names: Readonly<Record<string, Value>> = {
  id: {
    kind: 'unknown',
    type: STRING,
    reason: 'computed-by-provider',
    identity: 'id',
    notNull: true,
    refersTo: [orchard],
  },
  trees: {
    kind: 'unknown',
    type: listOf(STRING),
    reason: 'variable-without-value',
    subject: 'var.trees',
    notNull: true,
  },
};

function evaluate(text: string): { readonly value: Value; readonly messages: readonly string[] } {
  const file = { path: 'orchard.tf', text };
  const messages: string[] = [];
  const value = evaluateExpression(parseHclExpression(file).expression, {
    file,
    scope: {
      reference(name) {
        const found = names[name];
        return found && { value: found, consumed: 0 };
      },
    },
    functions: terraformFunctions,
    functionContext: {
      fileSystem: {
        readFile: () => ({ ok: false, failure: 'missing' }),
        readDirectory: () => ({ ok: true, value: [] }),
        kindOf: () => undefined,
      },
      rootFolder: '',
      templateDepth: 0,
      renderTemplate: (_path, template) => ({ kind: 'string', value: template }),
    },
    budget: new EvaluationBudget(),
    report: (diagnostic) => messages.push(diagnostic.message),
  });
  return { value, messages };
}

function json(text: string): string {
  const { value, messages } = evaluate(text);
  if (messages.length > 0) return `error: ${messages.join(' ')}`;
  const encoded = encodeJson(value);
  return encoded.kind === 'string' ? encoded.value : 'unknown';
}

describe("Terraform 1.11's answers beyond the vectors", () => {
  test.each([
    [
      'setproduct(toset(["pear", "fig"]), ["plum", "apple"])',
      '[["fig","apple"],["fig","plum"],["pear","apple"],["pear","plum"]]',
    ],
    ['element(tolist(["pear", "fig"]), -1)', '"fig"'],
    ['element(["pear", "fig"], -1)', 'error: "element" failed: cannot use element function with a negative index.'],
    ['coalescelist(["pear"], "fig")', 'error: "coalescelist" failed: coalescelist arguments must be lists or tuples.'],
    ['contains(["pear"], null)', 'error: The argument "value" of "contains" must not be null.'],
    ['signum(1e21)', 'error: "signum" failed: value must be a whole number that fits in 64 bits.'],
    ['regexall("x*", "axb")', '["","x",""]'],
    ['replace("pear", "/x*/", "-")', '"-p-e-a-r-"'],
    ['replace("pear", "/(?P<n>e)/", "[$n]")', '"p[e]ar"'],
    ['replace("pear", "/e/", "[$1x]")', '"p[]ar"'],
    ['format("%v %v", 1234567, 123456)', '"1.234567e+06 123456"'],
    ['format("%.10g %g %G", 0, 0.00001, 1e-10)', '"0 1e-05 1E-10"'],
    ['format("%#x %#o %+05d|% d", 255, 8, 3, 4)', '"0xff 010 +0003| 4"'],
    ['format("%8.3f|%-8.3f|%08.3f", 3.14159, 3.14159, -3.14159)', '"   3.142|3.142   |-003.142"'],
    ['format("%[2]s %[1]s", "fig", "pear")', '"pear fig"'],
    ['format("%.2f %.0f %.1f", 0.006, 2.5, 0.25)', '"0.01 2 0.2"'],
    ['upper("ŉǆᾀ")', '"ŉǄᾈ"'],
    ['lower("İΣ")', '"iσ"'],
    ['title("a\\u00a0b\'c d1e-é_f")', '"A\u00a0B\'C D1e-É_f"'],
    ['substr("pear", -6, 2)', '"pe"'],
    ['parseint("Zz", 62)', '3817'],
    ['pow(2, 100) == 1267650600228229401496703205376', 'true'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected);
  });

  test('has a function under both of its names', () => {
    expect(terraformFunctions.get('core::upper')).toBe(terraformFunctions.get('upper'));
  });
});

describe('what stays known', () => {
  test('an open list keeps its beginning', () => {
    expect(json('concat(["fig"], trees)[0]')).toBe('"fig"');
    expect(json('contains(flatten([["fig"], trees]), "fig")')).toBe('true');
    expect(json('length(concat(["fig"], trees)) > 0')).toBe('true');
  });

  test('members that may be equal are not counted', () => {
    expect(json('length(distinct(["fig", id, "pear"]))')).toBe('unknown');
    expect(json('contains(distinct(["fig", id]), "fig")')).toBe('true');
    expect(json('length(distinct([id, id]))')).toBe('1');
  });

  test.each([
    'element([id], 3)',
    'one([id])',
    'coalesce(null, id)',
    'join("", [id])',
    'format("%s", id)',
    'flatten([[id]])[0]',
  ])('%s refers to what it came from', (text) => {
    const { value } = evaluate(text);
    expect(value.refersTo).toEqual([orchard]);
  });

  test('a text made with it refers to nothing as a whole', () => {
    const { value } = evaluate('format("%s-logs", id)');
    expect(value.refersTo).toBeUndefined();
    expect(value.kind === 'unknown' ? value.parts : []).toEqual([
      expect.objectContaining({ refersTo: [orchard] }),
      '-logs',
    ]);
  });
});

describe('limits', () => {
  test.each([
    ['format("%200000d", 1)', '"format" is not evaluated: "%200000d" is wider than 100000 characters.'],
    ['indent(9000000, "a\\nb")', '"indent" is not evaluated: the text is longer than 16000000 characters.'],
    [
      'range(2000)',
      '"range" failed: more than 1024 values were generated; either decrease the difference between start and end or use a smaller step.',
    ],
    [
      'setproduct(range(1000), range(1000), range(2))',
      '"setproduct" is not evaluated: the product has more than 1000000 elements.',
    ],
  ])('%s', (text, message) => {
    const { value, messages } = evaluate(text);
    expect(messages).toEqual([message]);
    expect(value.kind).toBe('unknown');
  });
});
