import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  EvaluationBudget,
  type EvaluationContext,
  type Scope,
} from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression, evaluateTemplate } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { encodeJson } from '../../src/evaluate/terraform/values/json.js';
import { DYNAMIC, type Type } from '../../src/model/type.js';
import type { Value } from '../../src/model/value.js';
import { isWhollyKnown, stringValue, typeOf } from '../../src/model/values.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { parseHclExpression, parseHclTemplate } from '../../src/syntax/hcl/parse-hcl.js';
import { memoryFileSystem } from '../support/memory-file-system.js';

interface Answer {
  readonly e: string;
  readonly r: 'known' | 'unknown' | 'error';
  readonly v?: string;
  readonly t?: string;
  readonly message?: string;
}

const fixture: { readonly files: Readonly<Record<string, string>>; readonly answers: readonly Answer[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/evaluate/function-answers.json', import.meta.url), 'utf8'),
);
const fileSystem = memoryFileSystem(
  Object.fromEntries(Object.entries(fixture.files).map(([path, contents]) => [path, Buffer.from(contents, 'base64')])),
);

/** In the console nothing is known of what is not applied, not even its type. */
const unknown = (name: string): Value => ({
  kind: 'unknown',
  type: DYNAMIC,
  reason: 'computed-by-provider',
  identity: name,
  refersTo: [{ root: '.', address: name, attribute: 'output' }],
});
const locals: Readonly<Record<string, Value>> = {
  template: stringValue('a-${x}'),
  text: unknown('terraform_data.pear'),
  list: unknown('terraform_data.crate'),
};
const scope: Scope = {
  reference(name, steps) {
    const [first] = steps;
    const value = name === 'local' && first?.kind === 'attribute' ? locals[first.name] : undefined;
    return value && { value, consumed: 1 };
  },
};

function contextOf(path: string, text: string, names: Scope, depth: number, report: (d: Diagnostic) => void) {
  const context: EvaluationContext = {
    file: { path, text },
    scope: names,
    functions: terraformFunctions,
    functionContext: {
      fileSystem,
      rootFolder: '',
      templateDepth: depth,
      renderTemplate(templatePath, template, variables) {
        const parsed = parseHclTemplate({ path: templatePath, text: template });
        const inner: Scope = {
          reference(name) {
            const value = variables.get(name);
            return value && { value, consumed: 0 };
          },
        };
        return evaluateTemplate(parsed.template, contextOf(templatePath, template, inner, depth + 1, report));
      },
    },
    budget: new EvaluationBudget(),
    report,
  };
  return context;
}

function evaluate(text: string): { readonly value: Value; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { expression, diagnostics: wrong } = parseHclExpression({ path: 'orchard.tf', text });
  expect(wrong).toEqual([]);
  const context = contextOf('orchard.tf', text, scope, 0, (one) => diagnostics.push(one));
  return { value: evaluateExpression(expression, context), diagnostics };
}

/** As `type()` prints it, without white space. */
function typeText(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map': {
      const element = typeText(type.element);
      const isLong = element.endsWith(',])') || element.endsWith(',})') || element.endsWith(',)');
      return `${type.kind}(${element}${isLong ? ',' : ''})`;
    }
    case 'tuple':
      return `tuple([${type.elements.map((one) => `${typeText(one)},`).join('')}])`;
    case 'object':
      return `object({${[...type.attributes].map(([name, one]) => `${name}:${typeText(one)},`).join('')}})`;
    default:
      return type.kind;
  }
}

/** The words of a message that stand after the function's name. */
function said(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => one.message.replace(/^"[^"]*" failed: /, '').replace(/\.$/, '')).join(' ');
}

/** Where the answer is another one than Terraform's, and why that is allowed. */
const DEVIATIONS: Readonly<Record<string, { readonly ours: 'unknown' | 'error'; readonly why: string }>> = {
  'pow(3,3.7)': { ours: 'unknown', why: 'the last digit of a power with a fraction depends on the processor' },
  'pow(2,1.5)': { ours: 'unknown', why: 'the last digit of a power with a fraction depends on the processor' },
  'textencodebase64("日本","Shift_JIS")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","cp437")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("日","EUC-JP")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("日","ISO-2022-JP")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("日","GBK")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("日","GB18030")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("日","Big5")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("한","EUC-KR")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","IBM850")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","ISO-8859-8-I")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","HZ-GB-2312")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","ISO-8859-9")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'textencodebase64("é","IBM037")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'base64gzip("a")': { ours: 'unknown', why: 'the bytes depend on how Go compresses' },
  'base64gzip("")': { ours: 'unknown', why: 'the bytes depend on how Go compresses' },
  'base64gzip("hello hello hello hello")': { ours: 'unknown', why: 'the bytes depend on how Go compresses' },
  'textdecodebase64("gw==","Shift_JIS")': { ours: 'unknown', why: 'this encoding is not read, the result is not null' },
  'cidrhost("::ffff:10.0.0.0/104",1)': {
    ours: 'unknown',
    why: 'Terraform answers with an address that is not in the network',
  },
  'regex("(?P<x>a)(?P<x>b)","ab")': {
    ours: 'error',
    why: 'the same name twice is an error in RE2, and in Go before 1.25',
  },
};

/** Errors here as in Terraform, of which Terraform speaks in words of its libraries. */
const OTHER_WORDS: ReadonlySet<string> = new Set([
  'format("x%")',
  'substr("abc",1.5,1)',
  'indent(2.5,"a\\nb")',
  'signum(0.5)',
  'yamldecode("a: *x")',
  'timeadd("2020-01-01","1h")',
  'range(1,2,3,4)',
  'regex("(?<=a)b","ab")',
  'regex("(","a")',
  'transpose({a=null})',
  'element(["a"],1.5)',
  'zipmap(["a",null],[1,2])',
  'merge({a=1},"x")',
  'concat(toset(["a"]),["b"])',
  'reverse("a")',
  'sum({a=1})',
  'slice(toset(["a"]),0,1)',
  'distinct("a")',
  'tolist("a")',
  'tomap(["a"])',
  'tonumber("x")',
  'tobool("yes")',
  'tostring({})',
  'toset(["a",["b"]])',
  'jsonencode(1/0)',
  'jsondecode("[1")',
  'jsondecode("{\\"a\\":1} x")',
  'timecmp("2020-01-01T00:00:00Z","x")',
  'yamldecode("# c")',
  'yamldecode("a: 1\\n---")',
  'yamldecode("!!set {a, b}")',
  'yamldecode("&a [*a]")',
  'yamldecode("0x1FFFFFFFFFFFFFFFFFF")',
  'yamldecode("a: b: c")',
  'yamldecode("\\ta: b")',
  'textdecodebase64("!!","UTF-8")',
  'replace("abc","/[/","x")',
  'regex("a{1001}","a")',
  'regex("\\\\Z","ab")',
  'regex("x*+","x")',
  'regex("\\\\C","a")',
  'regex("\\\\p{Foo}","α")',
  'templatefile("nested.tpl",{})',
  'templatefile("string.tpl",{x="a"})',
  'templatefile("only.tpl",{})',
  'templatefile("only.tpl",null)',
  'templatestring(local.template,{})',
  'filesha512("nofile")',
  'formatdate("YYYYY","2018-01-02T23:12:01Z")',
  'formatdate("D","2018-02-30T23:12:01Z")',
  'formatdate("D","2018-01-02t23:12:01Z")',
  'formatdate("D","2018-01-02T23:12:61Z")',
  'formatdate("D","2018-01-02T24:12:01Z")',
  'formatdate("D","2018-01-02 23:12:01Z")',
  'format("%[0]s","a")',
  'format("%[x]s","a")',
  'parseint("a",36.5)',
  'element(toset(["a"]),0)',
  'jsondecode("nul")',
  'jsondecode("[1,]")',
  'tomap({a=1,b=true})',
  'upper("a","b")',
  'upper()',
  'upper(null)',
  'upper([])',
]);

describe('functions as the console of Terraform answers', () => {
  test.each(fixture.answers.map((answer) => [answer.e, answer] as const))('%s', (text, answer) => {
    const { value, diagnostics } = evaluate(text);
    const expected = DEVIATIONS[text]?.ours ?? answer.r;
    if (expected === 'error') {
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(isWhollyKnown(value)).toBe(false);
      if (answer.message !== undefined) {
        const isSame = said(diagnostics) === answer.message;
        expect(isSame ? undefined : said(diagnostics)).toBe(OTHER_WORDS.has(text) ? said(diagnostics) : undefined);
      }
      return;
    }
    expect(diagnostics).toEqual([]);
    if (DEVIATIONS[text] !== undefined) expect(isWhollyKnown(value)).toBe(false);
    if (expected === 'unknown') return;
    if (answer.v !== undefined) {
      const json = encodeJson(value);
      expect(json.kind === 'string' ? json.value : json).toBe(answer.v);
    }
    if (answer.t !== undefined && answer.t !== 'dynamic') {
      expect(typeText(typeOf(value)).replace(/\s/g, '')).toBe(answer.t);
    }
  });

  test('there are enough of them', () => {
    expect(fixture.answers.length).toBeGreaterThanOrEqual(150);
  });
});
