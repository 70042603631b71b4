import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';

type Files = Readonly<Record<string, string>>;

/** What `can` and `try` make of the expression, and what is reported. */
function attempts(expression: string, files: Files = {}): readonly unknown[] {
  const text = `output "o" {\n  value = [can(${expression}), try(${expression}, "fallback")]\n}\n`;
  const { outputs, diagnostics } = evaluateFiles({ 'main.tf': text, ...files });
  const messages = diagnostics.map((line) => line.replace(/ \S+:\d+:\d+-\d+:\d+/, ''));
  return [outputs['o'], ...new Set(messages)];
}

const repeat = (text: string, count: number) => `join("", [for i in range(${count}) : ${text}])`;
const million = repeat('format("%0100000d", 0)', 11);

const NUMBER = 'limit-reached A number is beyond those that Trueline computes.';
const beyond = (what: string) => `limit-reached ${what}: the number is beyond those that Trueline computes.`;

describe('what Trueline does not compute is not known to fail', () => {
  test.each([
    ['tonumber("1e999999")', beyond('"tonumber" is not evaluated: cannot convert string to number')],
    [`tonumber(${repeat('"1"', 1_024)})`, undefined],
    [
      `tonumber(${repeat(repeat('"1"', 100), 130)})`,
      beyond('"tonumber" is not evaluated: cannot convert string to number'),
    ],
    [
      'jsondecode("[1e999999]")',
      'limit-reached "jsondecode" is not evaluated: a number is beyond those that Trueline computes.',
    ],
    [
      'yamldecode("a: 1e999999")',
      'limit-reached "yamldecode" is not evaluated: a number is beyond those that Trueline computes.',
    ],
    ['1e999999', NUMBER],
    ['-"1e999999"', NUMBER],
    ['"1e999999" > 1', NUMBER],
    ['[1, 2]["1e999999"]', NUMBER],
    ['1e9999 * 1e9999', 'limit-reached The result of "*" is beyond the numbers that Trueline computes.'],
    ['1e9999 / 1e-9999', 'limit-reached The result of "/" is beyond the numbers that Trueline computes.'],
    ['abs("1e999999")', beyond('The argument "num" of "abs" is not suitable')],
    ['format("%d", "1e999999")', beyond('"format" is not evaluated: unsupported value for "%d" at 0')],
    [
      'sum(["1e999999"])',
      'limit-reached "sum" is not evaluated: argument must be list, set, or tuple of number values.',
    ],
    [
      'lookup(tomap({ a = 1 }), "b", "1e999999")',
      'limit-reached "lookup" is not evaluated: the default value must have the same type as the map elements.',
    ],
    [
      `replace(${million}, "/0/", "")`,
      'limit-reached "replace" is not evaluated: there are too many matches in too long a text.',
    ],
    [
      `regex("${'a{1000}'.repeat(150)}", "b")`,
      'limit-reached "regex" is not evaluated: the pattern is larger than 1000000 characters.',
    ],
    [
      `regexall("(.?){900}[yz]", ${repeat('"abc"', 1_000)})`,
      'limit-reached "regexall" is not evaluated: the pattern times the text is larger than 20000000 characters.',
    ],
    [
      `replace(${repeat('"a"', 1_000)}, "/a/", ${repeat('"0123456789abcdefghij"', 1_000)})`,
      'limit-reached "replace" is not evaluated: the text is longer than 16000000 characters.',
    ],
    [
      `format(${repeat('"%50000[1]d"', 400)}, 1)`,
      'limit-reached "format" is not evaluated: the text is longer than 16000000 characters.',
    ],
    [
      `fileset(".", "${'{'.repeat(21)}a${'}'.repeat(21)}")`,
      'limit-reached "fileset" is not evaluated: braces are nested more than 20 deep.',
    ],
    [
      'toset([for i in range(1001) : i]) == toset([for i in range(1001) : -i])',
      'limit-reached Two sets are too large for Trueline to compare.',
    ],
    [
      'contains([toset([for i in range(1001) : i])], toset([for i in range(1001) : -i]))',
      'limit-reached "contains" compares more than Trueline allows.',
    ],
  ])('%s', (expression, message) => {
    const [tried, ...reported] = attempts(expression);
    if (message === undefined) expect([tried, reported]).toEqual([[true, expect.any(Number)], []]);
    else expect([tried, reported]).toEqual([['?limit-reached', '?limit-reached'], [message]]);
  });

  test('a structure of more than a million values', () => {
    const digits = `replace(${million}, "0", "1,")`;
    expect(attempts(`jsondecode("[\${${digits}}1]")`)).toEqual([
      ['?limit-reached', '?limit-reached'],
      'limit-reached "jsondecode" is not evaluated: it holds more than 1000000 values.',
    ]);
    expect(attempts(`csvdecode(${digits})`)).toEqual([
      ['?limit-reached', '?limit-reached'],
      'limit-reached "csvdecode" is not evaluated: there are more than 1000000 fields.',
    ]);
  });

  test('an expression that is nested deeper than is read', () => {
    const { outputs, diagnostics } = evaluateFiles(
      `output "o" { value = can(${'('.repeat(300)}1${')'.repeat(300)}) }\n`,
    );
    expect({ outputs, diagnostics }).toEqual({
      outputs: { o: '?invalid-expression' },
      diagnostics: ['hcl-nesting-too-deep main.tf:1:274-1:275 Nested more than 250 deep.'],
    });
  });

  test('large sets that are equal are', () => {
    expect(attempts('toset([for i in range(1002) : i]) == toset([for i in range(1002) : i])')).toEqual([[true, true]]);
  });
});

describe('what was not read is not known to fail', () => {
  const outside = (name: string, path: string) =>
    `file-outside-root "${name}" is not evaluated: "${path}" lies outside the project root.`;
  test.each<[string, string, Files?]>([
    ['file("/etc/hosts")', outside('file', '/etc/hosts')],
    ['file("../apple.txt")', outside('file', '../apple.txt')],
    ['filesha256("../apple.txt")', outside('filesha256', '../apple.txt')],
    ['fileexists("../apple.txt")', outside('fileexists', '../apple.txt')],
    ['fileset("..", "*")', outside('fileset', '..')],
    ['templatefile("../apple.tpl", {})', outside('templatefile', '../apple.tpl')],
    ['templatefile("apple.tpl", {})', outside('file', '../pear'), { 'apple.tpl': '${file("../pear")}' }],
  ])('%s', (expression, message, files) => {
    const [tried, ...messages] = attempts(expression, files);
    expect(tried).toEqual([
      expect.stringMatching(/^\?file-outside-root/),
      expect.stringMatching(/^\?file-outside-root/),
    ]);
    expect(messages).toEqual([message]);
  });

  test('a local that is declared where nothing could be read', () => {
    const { outputs, diagnostics } = evaluateFiles({
      'main.tf': `output "o" { value = [can(local.ripe), try(var.ripe, 1), try(module.m.ripe, 2), try(each.key, 3)] }\n`,
      'other.tf': new Uint8Array([0xff]),
    });
    expect({ outputs, diagnostics }).toEqual({
      outputs: {
        o: ['?invalid-expression local.ripe', '?invalid-expression var.ripe', '?invalid-expression module.m.ripe', 3],
      },
      diagnostics: ['file-not-utf8 other.tf "other.tf" is not UTF-8: byte 0 is not valid.'],
    });
  });
});

test('what is wrong in a template is wrong where it is called', () => {
  const files = { 'apple.tpl': 'an apple is ${ripe}' };
  expect(attempts('templatefile("apple.tpl", {})', files)).toEqual([[false, 'fallback']]);
  expect(attempts('templatefile("apple.tpl", { ripe = "red" })', files)).toEqual([[true, 'an apple is red']]);
  const { outputs, diagnostics } = evaluateFiles({
    'main.tf': 'output "o" { value = templatefile("apple.tpl", {}) }\n',
    ...files,
  });
  expect({ outputs, diagnostics }).toEqual({
    outputs: { o: 'an apple is {undefined}' },
    diagnostics: ['terraform-invalid-reference apple.tpl:1:15-1:19 There is no value named "ripe" here.'],
  });
});

describe('beyond a limit, and no expression', () => {
  test('a count', () => {
    const { resources, diagnostics } = evaluateFiles('resource "aws_sqs_queue" "q" { count = "1e999999" }\n');
    expect({ addresses: Object.keys(resources), diagnostics }).toEqual({
      addresses: ['aws_sqs_queue.q[*]?'],
      diagnostics: [
        'limit-reached main.tf:1:40-1:50 The "count" of "aws_sqs_queue.q": the number is beyond those that Trueline computes.',
      ],
    });
  });

  test('the value of a variable, of an attribute, and a default in a type', () => {
    const { outputs, resources, diagnostics } = evaluateFiles(`variable "size" {
  type    = number
  default = "1e999999"
}
variable "box" {
  type    = object({ size = optional(number, "1e999999") })
  default = {}
}
variable "deep" {
  type    = ${'list('.repeat(101)}number${')'.repeat(101)}
  default = ${'['.repeat(101)}"1"${']'.repeat(101)}
}
resource "aws_sqs_queue" "q" { delay_seconds = "1e999999" }
output "o" { value = [var.size, var.box.size, var.deep] }
`);
    expect({ outputs, queue: resources['aws_sqs_queue.q'], diagnostics }).toEqual({
      outputs: { o: ['?limit-reached var.size', '?limit-reached', '?limit-reached var.deep'] },
      queue: { delay_seconds: '?limit-reached' },
      diagnostics: [
        'limit-reached main.tf:13:48-13:58 A number is beyond those that Trueline computes.',
        'limit-reached main.tf:3:13-3:23 The value of "var.size" is not suitable: the number is beyond those that Trueline computes.',
        'limit-reached main.tf:6:46-6:56 The default does not suit its type: the number is beyond those that Trueline computes.',
        'limit-reached main.tf:10:518-10:524 A type is nested more than 100 deep.',
        'limit-reached main.tf:11:13-11:218 The value of "var.deep" is not suitable: its type is nested deeper than Trueline reads.',
      ],
    });
  });

  test('a literal in JSON, in every root that has it', () => {
    const { outputs, diagnostics } = evaluateFiles({
      'main.tf.json':
        '{ "variable": { "size": { "default": ["a", 1e999999] } }, "output": { "o": { "value": "${var.size}" } } }',
    });
    expect({ outputs, diagnostics }).toEqual({
      outputs: { o: ['a', '?limit-reached'] },
      diagnostics: ['limit-reached main.tf.json:1:44-1:52 A number is beyond those that Trueline computes.'],
    });
  });
});

test('a choice between texts of which one is beyond is no choice between numbers', () => {
  const { outputs } = evaluateFiles(
    'variable "on" {}\noutput "o" { value = tonumber(var.on ? "1e999999" : "5") == 5 }\n',
  );
  expect(String(outputs['o'])).toMatch(/^\?/);
});

test('the sign of a number whose double is zero is printed', () => {
  const { outputs } = evaluateFiles('output "o" { value = [format("%e", -1e-5000), format("%v", -1e-5000)] }\n');
  expect(outputs['o']).toEqual(['-1.000000e-5000', '-1e-5000']);
});
