import { deep, type HostileCase, queue } from './hostile-case.js';

const range = (length: number) => Array.from({ length }, (_, index) => index);
const wrap = (open: string, inner: string, close: string) => `${open.repeat(deep)}${inner}${close.repeat(deep)}`;

/** A value that is asked for: what it ends in. */
const value = (name: string, expect: string, expression: () => string): HostileCase => ({
  name,
  expect,
  files: () => ({ 'main.tf': queue(expression(), locals) }),
});

const locals = `locals {
  digits  = "0123456789"
  hundred = [for i in range(100) : i]
  many    = [for i in range(1000) : i]
  million = flatten([for i in slice(local.many, 0, 900) : local.many])
  long    = flatten([for i in local.many : [for j in local.hundred : i * 100 + j]])
}
`;

const doubled = (name: string, first: string, step: (of: string) => string, last: string): HostileCase => ({
  name,
  expect: '3 limit-reached',
  files: () => ({
    'main.tf': queue(
      last,
      `locals {\n  d0 = ${first}\n${range(40)
        .map((index) => `  d${index + 1} = ${step(`local.d${index}`)}\n`)
        .join('')}}\n`,
    ),
  }),
});

/** Values that grow beyond all measure, and functions asked too much. */
export const valueCases: readonly HostileCase[] = [
  value('range(0, 1e9)', '1 terraform-function-failed', () => 'join("", range(0, 1e9))'),
  value('range with a step of nothing', '1 terraform-function-failed', () => 'join("", range(0, 10, 0))'),
  value(
    'setproduct of five lists of 1,000',
    '3 limit-reached',
    () => 'join("", flatten(setproduct(local.many, local.many, local.many, local.many, local.many)))',
  ),
  value('a loop of 10^12', '3 limit-reached', () => 'length([for i in local.million : [for j in local.million : 1]])'),
  value(
    'loops of 10^10',
    '3 limit-reached',
    () =>
      'length(flatten([for i in local.many : [for j in local.many : [for k in local.many : [for l in local.hundred : 1]]]]))',
  ),
  value('1e999999999', '3 limit-reached', () => '1e999999999'),
  value('-1e999999999', '3 limit-reached', () => '-1e999999999'),
  value('1e-999999999', '3 limit-reached', () => '1e-999999999'),
  value('a number of a million digits', '3 limit-reached', () => '9'.repeat(1_000_000)),
  value('a text of a million digits as a number', '3 limit-reached', () => `"${'9'.repeat(1_000_000)}" * 1`),
  value('tonumber("1e999999999")', '3 limit-reached', () => 'tonumber("1e999999999")'),
  value('parseint of a million digits', '3 limit-reached', () => `parseint("${'9'.repeat(1_000_000)}", 10)`),
  value('jsondecode("1e999999999")', '3 limit-reached', () => 'jsondecode("1e999999999")'),
  value('pow(10, 1e9)', '1', () => 'pow(10, 1e9)'),
  value('pow(pow(10, 9999), 9999)', '1', () => 'pow(pow(10, 9999), 9999)'),
  value('1e9999 * 1e9999', '3 limit-reached', () => '1e9999 * 1e9999'),
  value('format of a width', '3 limit-reached', () => 'format("%999999999d", 1)'),
  value('format of a precision', '3 limit-reached', () => 'format("%.999999999f", 1)'),
  value('formatlist over a million', '3 limit-reached', () => 'join("", formatlist("%s-%09999d", local.million, 1))'),
  value(
    'cidrsubnets of 10^5',
    '3 limit-reached',
    () =>
      `join("", cidrsubnets("10.0.0.0/8", ${range(100_000)
        .map(() => '16')
        .join(',')}))`,
  ),
  value('cidrsubnet of 10^30', '1 terraform-function-failed', () => 'cidrsubnet("10.0.0.0/8", 1e30, 1e30)'),
  value('zipmap of a million', '1', () => 'length(zipmap([for i in local.million : "${i}"], local.million))'),
  value('distinct of a million', '1', () => 'length(distinct(local.million))'),
  value(
    'a set of objects of 10^5',
    '1',
    () => 'length(toset([for i in local.long : { a = i % 1000, b = { c = i } }]))',
  ),
  value('sort of a million', '1', () => 'sort([for i in local.million : "x${i}"])[0]'),
  value('equality of a million', '1', () => '[for i in local.million : i] == local.million'),
  value(
    'subtracted sets',
    '3 limit-reached',
    () => 'length(setsubtract(toset(local.long), toset(slice(local.long, 0, 50000))))',
  ),
  value(
    'contains in a loop',
    '3 limit-reached',
    () => 'length([for i in local.long : i if contains(local.million, -1)])',
  ),
  value(
    'matchkeys of a million',
    '3 limit-reached',
    () => 'length(matchkeys(local.million, local.million, local.long))',
  ),
  value(
    'replace that grows',
    '3 limit-reached',
    () => `replace("${'a'.repeat(10_000)}", "a", "${'b'.repeat(100_000)}")`,
  ),
  value(
    'replace of nothing',
    '3 limit-reached',
    () => `replace("${'a'.repeat(100_000)}", "", "${'b'.repeat(10_000)}")`,
  ),
  value('join that grows', '3 limit-reached', () => `join("${'b'.repeat(100_000)}", local.many)`),
  value('indent that grows', '3 limit-reached', () => `indent(1e9, "a\\nb")`),
  value(
    'jsonencode that grows',
    '3 limit-reached',
    () => 'jsonencode([for i in local.many : [for j in local.many : "0123456789012345"]])',
  ),
  value(
    'base64 that grows',
    '3 limit-reached',
    () => `base64encode(join("", [for i in local.million : "0123456789abcdef"]))`,
  ),
  value('bcrypt of cost 31', '1', () => 'bcrypt("pears", 31)'),
  value(
    'timeadd of 1e9 hours',
    '1 terraform-function-failed',
    () => 'timeadd("2026-01-01T00:00:00Z", "999999999999h")',
  ),
  value(
    'formatdate of 1 MB',
    '1 terraform-function-failed',
    () => `formatdate("${'YYYY'.repeat(250_000)}", "2026-01-01T00:00:00Z")`,
  ),
  doubled('a text that doubles 40 times', '"0123456789"', (of) => `"\${${of}}\${${of}}"`, 'local.d40'),
  doubled('a text that doubles by join', '"0123456789"', (of) => `join("", [${of}, ${of}])`, 'local.d40'),
  doubled('a text that doubles by format', '"0123456789"', (of) => `format("%s%s", ${of}, ${of})`, 'local.d40'),
  doubled('a text that doubles by replace', '"aa"', (of) => `replace(${of}, "a", "aa")`, 'local.d40'),
  doubled('a list that doubles by concat', '[1]', (of) => `concat(${of}, ${of})`, 'length(local.d40)'),
  doubled('a tree that doubles', '"a"', (of) => `[${of}, ${of}]`, 'jsonencode(local.d40)'),
  doubled('a tree that doubles, flattened', '"a"', (of) => `[${of}, ${of}]`, 'join("", flatten(local.d40))'),
  doubled('trees that double, compared', '"a"', (of) => `[${of}, ${of}]`, 'local.d40 == [local.d39, local.d39]'),
  {
    ...doubled('a tree that doubles, as a tag', '"a"', (of) => `{ a = ${of}, b = ${of} }`, 'local.d40'),
    // A structure is no name.
    expect: '3 limit-reached terraform-invalid-value',
  },
  doubled('a tree that doubles, converted', '"a"', (of) => `[${of}, ${of}]`, 'length(toset(local.d40))'),
  doubled('a tree that doubles, as YAML', '"a"', (of) => `{ a = ${of}, b = ${of} }`, 'yamlencode(local.d40)'),
  value('jsondecode of 10,000 lists', '3 limit-reached', () => `jsonencode(jsondecode("${wrap('[', '1', ']')}"))`),
  value(
    'jsondecode of 10,000 objects',
    '3 limit-reached',
    () => `jsonencode(jsondecode(${JSON.stringify(wrap('{"a":', '1', '}'))}))`,
  ),
  value('yamldecode of 10,000 lists', '3 limit-reached', () => `jsonencode(yamldecode("${wrap('[', '1', ']')}"))`),
  value('yamldecode of 10,000 dashes', '3 limit-reached', () => `jsonencode(yamldecode("${'- '.repeat(deep)}1"))`),
  value(
    'yamldecode of 1,000 indents',
    '3 limit-reached',
    () =>
      `jsonencode(yamldecode("${range(1000)
        .map((index) => `${' '.repeat(index)}a:`)
        .join('\\n')}"))`,
  ),
  value(
    'yamldecode of aliases that multiply',
    '3 limit-reached',
    () => `jsonencode(yamldecode(${JSON.stringify(aliases())}))`,
  ),
  value(
    'yamldecode of aliases, not written out',
    '3 limit-reached',
    () => `length(yamldecode(${JSON.stringify(aliases())}))`,
  ),
  value(
    'yamldecode of an alias of itself',
    '1 terraform-function-failed',
    () => 'jsonencode(yamldecode("a: &a [*a]"))',
  ),
  value('csvdecode of 1 MB', '1', () => `length(csvdecode("a,b\\n${'1,2\\n'.repeat(200_000)}"))`),
  value(
    'csvdecode of 1,000 by 10,000',
    '3 limit-reached',
    () => `length(csvdecode(join("\\n", [for i in slice(local.long, 0, 10000) : join(",", local.many)])))`,
  ),
  value('regex of RE2 alone', '1', () => 'regex("(?P<fruit>pears)\\\\z", "ripe pears").fruit'),
  value('regex ungreedy', '1', () => 'regex("(?U)p+", "ppp")'),
  value('regex of lookahead', '1 terraform-function-failed', () => 'regex("(?=pears)", "pears")'),
  value('regex that is broken', '1 terraform-function-failed', () => 'regex("(pears", "pears")'),
  value('regex that backtracks', '1', () => `length(regexall("(a+)+$", "${'a'.repeat(50_000)}b"))`),
  value('regex that backtracks in replace', '1', () => `replace("${'a'.repeat(50_000)}b", "/(a|a)*$/", "b")`),
  value(
    'regex with counts',
    '1 terraform-function-failed',
    () => `length(regexall("((a{0,100}){0,100}){0,100}", "${'a'.repeat(1_000)}"))`,
  ),
  value(
    'regex of 100,000 alternatives',
    '3 limit-reached',
    () =>
      `length(regexall("${range(15_000)
        .map((index) => `a${index}`)
        .join('|')}", "${'a1'.repeat(1000)}"))`,
  ),
  value(
    'regex of 10,000 groups',
    '1 terraform-function-failed',
    () => `length(regexall("${wrap('(', 'a', ')')}", "a"))`,
  ),
  value('regexall of nothing over 1 MB', '3 limit-reached', () => `length(regexall("", "${'a'.repeat(1_000_000)}"))`),
  value('split of 1 MB', '1', () => `length(split("", "${'a'.repeat(1_000_000)}"))`),
  value('substr and reverse of 1 MB', '1', () => `substr(strrev("${'e\u0301'.repeat(300_000)}"), 0, 5)`),
  value('fileset with braces', '1', () => `length(fileset(".", "${'{a,b}'.repeat(40)}"))`),
  value('fileset with stars', '1', () => `length(fileset(".", "${'**/'.repeat(1000)}*a*a*a*a*a*a*a*a*a*a*b"))`),
  value('merge of 10^5', '1', () => `length(merge([for i in local.long : { "k\${i}" = i }]...))`),
  value('a call of 10^5 arguments', '1', () => `max(${range(100_000).join(',')})`),
  value(
    'try of everything',
    '1',
    () =>
      `try(${range(2_000)
        .map((index) => `local.absent${index}`)
        .join(',')}, "a")`,
  ),
];

function aliases(): string {
  const lines = ['a0: &a0 ["pears", "pears", "pears", "pears", "pears", "pears", "pears", "pears", "pears", "pears"]'];
  for (const index of range(10).slice(1))
    lines.push(
      `a${index}: &a${index} [${range(10)
        .map(() => `*a${index - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}
