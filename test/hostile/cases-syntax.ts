import { bucket, deep, type HostileCase, queue } from './hostile-case.js';

const main = (text: () => string | Uint8Array) => () => ({ 'main.tf': text() });
const wrap = (open: string, inner: string, close: string) => `${open.repeat(deep)}${inner}${close.repeat(deep)}`;
const tooDeep = (name: string, text: () => string, ...more: string[]): HostileCase => ({
  name: `10,000 ${name}`,
  // What follows where the parser gave up may be wrong once more.
  expect: ['3', ...['hcl-nesting-too-deep', ...more].sort()].join(' '),
  files: main(text),
});

/** Text that is too large, too deep, or no text at all. */
export const syntaxCases: readonly HostileCase[] = [
  {
    name: 'a line of 50 MB',
    expect: '1',
    files: main(() => `locals {\n  pears = "${'p'.repeat(50_000_000)}"\n}\n${queue('local.pears')}`),
  },
  {
    name: 'a line of 50 MB of brackets',
    expect: '3 hcl-missing-newline limit-reached',
    files: main(() => `locals {\n  pears = ${'[1],'.repeat(12_500_000)}\n}\n`),
  },
  {
    name: 'a list of 50 MB',
    expect: '3 limit-reached',
    files: main(() => `locals {\n  pears = [${'1,'.repeat(25_000_000)}]\n}\n${queue('join("", local.pears)')}`),
  },
  {
    name: 'a comment of 50 MB',
    expect: '1',
    files: main(() => `# ${'p'.repeat(50_000_000)}\n/*${'*'.repeat(10_000_000)}*/\n`),
  },
  {
    name: '60 MB of bytes that are no text',
    expect: '3 hcl-invalid-character limit-reached',
    files: main(() => Buffer.alloc(60_000_000, 0x40)),
  },
  {
    name: '60 MB of opening braces',
    expect: '3 hcl-nesting-too-deep limit-reached terraform-block-not-read',
    files: main(() => 'a{\n'.repeat(20_000_000)),
  },
  { name: 'a file of 70 MB', expect: '3 file-too-large', files: main(() => Buffer.alloc(70_000_000, 0x0a)) },
  {
    name: 'a JSON file of 40 MB',
    expect: '3 limit-reached',
    files: () => ({ 'main.tf.json': `{"locals":{"pears":[${'{"a":1},'.repeat(5_000_000)}1]}}` }),
  },
  tooDeep('brackets', () => queue(wrap('[', '1', ']'))),
  tooDeep('parentheses', () => queue(wrap('(', '1', ')'))),
  tooDeep('objects', () => queue(wrap('{ a = ', '1', '}'))),
  tooDeep('calls', () => queue(wrap('upper(', '"a"', ')'))),
  tooDeep('templates', () => queue(wrap('"${', '1', '}"')), 'hcl-invalid-character'),
  tooDeep('unclosed templates', () => queue('"${'.repeat(deep)), 'hcl-invalid-character'),
  tooDeep('negations', () => queue(`${'!'.repeat(deep)}true`)),
  tooDeep('minuses', () => queue(`${'-'.repeat(deep)}1`)),
  tooDeep('conditionals', () => queue(`${'true ? 1 : '.repeat(deep)}1`)),
  tooDeep('sums', () => queue(`1${' + 1'.repeat(deep)}`)),
  tooDeep('attributes', () => queue(`local.a${'.a'.repeat(deep)}`)),
  tooDeep('indexes', () => queue(`local.a${'[0]'.repeat(deep)}`)),
  tooDeep('splats', () => queue(`local.a${'[*]'.repeat(deep)}`)),
  tooDeep('for expressions', () => queue(wrap('[for a in [1] : ', '1', ']'))),
  tooDeep('blocks', () => wrap('a {\n', '', '}\n'), 'limit-reached', 'terraform-block-not-read'),
  tooDeep(
    'dynamic blocks',
    () => `resource "aws_sqs_queue" "pears" {\n${wrap('dynamic "a" {\ncontent {\n', '', '}\n}\n')}}\n`,
    'limit-reached',
    'terraform-invalid-block',
  ),
  tooDeep('variable types', () => `variable "pears" {\n  type = ${wrap('list(', 'string', ')')}\n}\n`),
  tooDeep('object types', () => `variable "pears" {\n  type = ${wrap('object({ a = ', 'string', '})')}\n}\n`),
  {
    name: '200 variable types',
    expect: '3 limit-reached',
    files: main(
      () =>
        `variable "pears" {\n  type    = ${'list('.repeat(200)}string${')'.repeat(200)}\n  default = []\n}\n${queue('join("", flatten(var.pears))')}`,
    ),
  },
  {
    name: '10,000 lists of JSON',
    expect: '3 json-nesting-too-deep',
    files: () => ({ 'main.tf.json': `{"locals": {"pears": ${wrap('[', '1', ']')}}}` }),
  },
  {
    name: '10,000 objects of JSON',
    expect: '3 json-nesting-too-deep',
    files: () => ({ 'main.tf.json': `{"locals": {"pears": ${wrap('{"a":', '1', '}')}}}` }),
  },
  {
    name: '10,000 templates within JSON',
    expect: '3 hcl-invalid-character hcl-nesting-too-deep',
    files: () => ({ 'main.tf.json': `{"locals": {"pears": ${JSON.stringify(wrap('${"', '1', '"}'))}}}` }),
  },
  {
    name: 'JSON that is cut off',
    expect: '3 json-invalid-syntax',
    files: () => ({ 'main.tf.json': '{"resource": {"aws_sqs_queue": {"pears": {"name": "orch' }),
  },
  {
    name: 'JSON that is no configuration',
    expect: '3 json-invalid-syntax',
    files: () => ({ 'a.tf.json': '[1, 2]', 'b.tf.json': '7', 'c.tf.json': '', 'd.tf.json': 'null' }),
  },
  {
    name: 'JSON with values where blocks belong',
    expect: '3 hcl-unexpected-token terraform-block-not-read',
    files: () => ({
      'main.tf.json':
        '{"resource": 7, "locals": [1, "a"], "variable": {"pears": null}, "module": {"plums": [[[]]]}, "output": true}',
    }),
  },
  {
    name: 'UTF-16 with a mark',
    expect: '3 file-not-utf8',
    files: main(() => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bucket('pears'), 'utf16le')])),
  },
  {
    name: 'UTF-16 without a mark',
    expect: '3 hcl-invalid-character',
    files: main(() => Buffer.from(bucket('pears'), 'utf16le')),
  },
  {
    name: 'a byte of Latin-1',
    expect: '3 file-not-utf8',
    files: main(() => Buffer.from('# Obstb\u00e4ume\nlocals {\n  pears = 1\n}\n', 'latin1')),
  },
  { name: 'a byte order mark', expect: '1', files: main(() => `\ufeff${bucket('pears')}`) },
  {
    name: 'two byte order marks',
    expect: '3 hcl-invalid-character',
    files: main(() => `\ufeff\ufeff${bucket('pears')}`),
  },
  {
    name: 'a heredoc with line ends of Windows',
    expect: '1',
    files: main(() => queue('<<-A\n    pears\n  A').replace(/\n/g, '\r\n')),
  },
  { name: 'NUL in a name', expect: '1', files: main(() => queue('"pe\u0000ars"')) },
  { name: 'a lone surrogate', expect: '3 hcl-invalid-escape', files: main(() => queue('"\\ud800"')) },
  {
    name: 'a lone surrogate in JSON',
    expect: '1',
    files: () => ({ 'main.tf.json': '{"resource": {"aws_sqs_queue": {"pears": {"name": "\\ud800"}}}}' }),
  },
  {
    name: 'a comment that suppresses, of 1 MB',
    expect: '1 suppression-invalid',
    files: main(() => `# trueline:ignore ${'a,'.repeat(500_000)} reason="${'x'.repeat(100)}"\n${bucket('pears')}`),
  },
  {
    name: 'comments that suppress, 20,000 of them',
    expect: '1 suppression-invalid',
    files: main(() =>
      `# trueline:ignore a,b,c reason="late" until=2020-99-99\n#checkov:skip=CKV_AWS_1\n`.repeat(20_000),
    ),
  },
];
