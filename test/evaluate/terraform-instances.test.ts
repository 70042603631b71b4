import { describe, expect, test } from 'vitest';
import { type EvaluatedFiles, evaluateFiles } from '../support/evaluate-files.js';

const addresses = ({ result }: EvaluatedFiles) =>
  result.resources.map(({ address, existence, isPrototype, keySet }) =>
    [
      address,
      existence.kind === 'certain' ? '' : `? ${existence.reason} ${existence.subject ?? ''}`,
      isPrototype ? '*' : '',
      keySet?.replaceAll('\0', '|') ?? '',
    ]
      .join(' ')
      .trim(),
  );

const repeat = (argument: string, more = '') =>
  evaluateFiles(`variable "u" {}
variable "n" { type = number }
variable "on" { type = bool }
variable "names" { type = set(string) }
variable "list" { type = list(string) }
variable "map" { type = map(object({ name = string })) }
variable "object" { type = object({ a = string, b = number }) }
variable "secret" {
  default   = "x"
  sensitive = true
}
resource "aws_s3_bucket" "b" {
  ${argument}
}
${more}`);

describe('the instances of a resource', () => {
  test.each([
    ['count = 2'],
    ['count = "2"'],
    ['count = 0'],
    ['count = true'],
    ['count = null'],
    ['count = -1'],
    ['count = 1.5'],
    ['count = var.on ? 1 : 0'],
    ['count = var.on ? 3 : 1'],
    ['count = var.n'],
    ['count = length(var.list)'],
    ['count = length(toset(["a", var.u]))'],
    ['count = var.secret == "x" ? 1 : 0'],
    ['for_each = toset(["b", "a"])'],
    ['for_each = { x = 1, "a \\"q\\" $${i}" = 2, __proto__ = 3, constructor = 4 }'],
    ['for_each = {}'],
    ['for_each = ["a"]'],
    ['for_each = null'],
    ['for_each = toset([1])'],
    ['for_each = "a"'],
    ['for_each = toset(["a", null])'],
    ['for_each = toset([var.secret])'],
    ['for_each = { a = var.u }'],
    ['for_each = toset(["a", var.u])'],
    ['for_each = var.names'],
    ['for_each = toset(var.list)'],
    ['for_each = var.map'],
    ['for_each = var.object'],
    ['for_each = var.u'],
    ['for_each = var.n'],
    ['for_each = var.on ? { a = 1, b = 2 } : { a = 1 }'],
    ['for_each = var.on ? toset(["a"]) : toset([])'],
    ['for_each = merge(var.map, { a = { name = "x" } })'],
    ['for_each = { for k in ["a", "b"] : k => k if k == var.u }'],
    ['for_each = toset([for k in ["a", "b"] : k if k == var.u || k == "a"])'],
  ])('%s', (argument) => {
    const evaluated = repeat(argument);
    expect([...addresses(evaluated), ...evaluated.diagnostics]).toMatchSnapshot();
  });
});

test('each, count and their names in the values', () => {
  const { resources, diagnostics } = evaluateFiles(`variable "names" { type = set(string) }
variable "map" { type = map(object({ size = number })) }
resource "aws_s3_bucket" "counted" {
  count  = 2
  bucket = "b-\${count.index + 1}"
}
resource "aws_s3_bucket" "set" {
  for_each = toset(["pear"])
  bucket   = "\${each.key}-\${each.value}"
}
resource "aws_s3_bucket" "map" {
  for_each = { pear = { size = 2 } }
  bucket   = "\${each.key}-\${each.value.size}"
}
resource "aws_s3_bucket" "names" {
  for_each = var.names
  bucket   = "b-\${each.key}"
  tags     = { same = each.key == each.value }
}
resource "aws_s3_bucket" "sizes" {
  for_each = var.map
  tags     = { size = each.value.size, key = each.key }
}
`);
  expect({ resources, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "resources": {
        "aws_s3_bucket.counted[0]": {
          "bucket": "b-1",
        },
        "aws_s3_bucket.counted[1]": {
          "bucket": "b-2",
        },
        "aws_s3_bucket.map["pear"]": {
          "bucket": "pear-2",
        },
        "aws_s3_bucket.names[*]?": {
          "bucket": "b-{var.names}",
          "tags": {
            "same": "true",
          },
        },
        "aws_s3_bucket.set["pear"]": {
          "bucket": "pear-pear",
        },
        "aws_s3_bucket.sizes[*]?": {
          "tags": {
            "key": "?variable-without-value var.map",
            "size": "?variable-without-value var.map",
          },
        },
      },
    }
  `);
});

describe('references to instances', () => {
  const referred = (setup: string, reference: string) => {
    const { output, outputs, diagnostics } = evaluateFiles(`variable "u" {}
variable "on" { type = bool }
variable "names" { type = set(string) }
resource "aws_s3_bucket" "b" {
  ${setup}
}
output "o" { value = ${reference} }
`);
    const { refersTo = [] } = output('o');
    return [
      outputs['o'],
      refersTo.map(({ address, attribute }) => `${address}.${attribute}`).join(' '),
      ...diagnostics,
    ];
  };
  test.each([
    ['', 'aws_s3_bucket.b.id'],
    ['', 'aws_s3_bucket.b.force_destroy'],
    ['', 'aws_s3_bucket.b[*].force_destroy'],
    ['', 'length(aws_s3_bucket.b[*])'],
    ['count = 2', 'aws_s3_bucket.b[1].id'],
    ['count = 2', 'aws_s3_bucket.b["1"].id'],
    ['count = 2', 'aws_s3_bucket.b[*].id'],
    ['count = 2', 'aws_s3_bucket.b.*.id'],
    ['count = 2', 'length(aws_s3_bucket.b)'],
    ['count = 2', 'aws_s3_bucket.b[var.u].force_destroy'],
    ['count = 0', 'one(aws_s3_bucket.b[*].id)'],
    ['count = 0', 'try(aws_s3_bucket.b[0].id, "none")'],
    ['count = 0', 'aws_s3_bucket.b[*].id'],
    ['count = 1', 'one(aws_s3_bucket.b[*].id)'],
    ['count = 1', 'try(aws_s3_bucket.b[0].force_destroy, null)'],
    ['count = var.on ? 1 : 0', 'aws_s3_bucket.b[0].id'],
    ['count = var.on ? 1 : 0', 'aws_s3_bucket.b[*].id'],
    ['count = var.on ? 1 : 0', 'one(aws_s3_bucket.b[*].id)'],
    ['count = var.on ? 1 : 0', 'try(aws_s3_bucket.b[0].id, "none")'],
    ['count = var.on ? 1 : 0', 'length(aws_s3_bucket.b)'],
    ['count = var.on ? 1 : 0', 'join("", aws_s3_bucket.b[*].id)'],
    ['for_each = toset(["a", "c"])', 'aws_s3_bucket.b["a"].id'],
    ['for_each = toset(["a", "c"])', '[for k, v in aws_s3_bucket.b : "${k}-${v.force_destroy}"]'],
    ['for_each = toset(["a", "c"])', 'length(aws_s3_bucket.b[*])'],
    ['for_each = toset(["a", "c"])', 'keys(aws_s3_bucket.b)'],
    ['for_each = toset(["a", "c"])', 'values(aws_s3_bucket.b)[*].force_destroy'],
    ['for_each = toset(["a", "c"])', 'can(aws_s3_bucket.b["x"])'],
    ['for_each = var.names', 'aws_s3_bucket.b["a"].id'],
    ['for_each = var.names', 'aws_s3_bucket.b["a"].force_destroy'],
    ['for_each = var.names', 'aws_s3_bucket.b["a"].id == aws_s3_bucket.b["c"].id'],
    ['for_each = var.names', 'aws_s3_bucket.b["a"].id == aws_s3_bucket.b["a"].id'],
    ['for_each = var.names', 'aws_s3_bucket.b[var.u].id == aws_s3_bucket.b["a"].id'],
    [
      'for_each = var.names',
      '{ for k, v in aws_s3_bucket.b : k => v.id }["a"] == { for k, v in aws_s3_bucket.b : k => v.id }["c"]',
    ],
    ['for_each = var.names', 'length(aws_s3_bucket.b)'],
    ['for_each = var.names', '[for b in aws_s3_bucket.b : b.force_destroy]'],
    ['for_each = var.names', 'try(aws_s3_bucket.b["a"].force_destroy, true)'],
    ['for_each = var.on ? toset(["a"]) : toset([])', 'aws_s3_bucket.b["a"].force_destroy'],
    ['for_each = var.on ? toset(["a"]) : toset([])', 'length(aws_s3_bucket.b)'],
    ['for_each = var.on ? toset(["a"]) : toset([])', '[for b in aws_s3_bucket.b : b.force_destroy]'],
  ])('%s: %s', (setup, reference) => {
    expect(referred(setup, reference)).toMatchSnapshot();
  });
});

describe('instances of one key set', () => {
  const linked = (text: string) => {
    const evaluated = evaluateFiles(`variable "names" { type = set(string) }
variable "list" { type = list(string) }
variable "map" { type = map(string) }
variable "n" { type = number }
${text}`);
    const links = evaluated.result.resources.flatMap(({ address, values }) =>
      [...values.entries].flatMap(([name, { refersTo = [] }]) =>
        refersTo.map((one) => `${address}.${name} -> ${one.address}.${one.attribute}`),
      ),
    );
    return [...addresses(evaluated), ...links, ...evaluated.diagnostics];
  };
  const pair = (first: string, second: string, reference: string) =>
    linked(`resource "aws_s3_bucket" "b" {
  ${first}
}
resource "aws_s3_bucket_versioning" "v" {
  ${second}
  bucket = ${reference}
}`);
  test.each([
    ['for_each = var.names', 'for_each = var.names', 'aws_s3_bucket.b[each.key].id'],
    ['for_each = toset(var.list)', 'for_each = toset(var.list)', 'aws_s3_bucket.b[each.key].id'],
    ['for_each = var.names', 'for_each = aws_s3_bucket.b', 'each.value.id'],
    ['for_each = var.names', 'for_each = { for k, b in aws_s3_bucket.b : k => b if k != "x" }', 'each.value.id'],
    ['for_each = var.names', 'for_each = var.map', 'aws_s3_bucket.b[each.key].id'],
    [
      'for_each = merge(var.map, { a = "b" })',
      'for_each = merge(var.map, { a = "b" })',
      'aws_s3_bucket.b[each.key].id',
    ],
    ['count = var.n', 'count = var.n', 'aws_s3_bucket.b[count.index].id'],
    ['count = length(var.list)', 'count = length(var.list)', 'aws_s3_bucket.b[count.index].id'],
    ['count = length(var.list)', 'count = length(aws_s3_bucket.b)', 'aws_s3_bucket.b[count.index].id'],
  ])('%s, %s, %s', (first, second, reference) => {
    expect(pair(first, second, reference)).toMatchSnapshot();
  });

  test('an open collection in a local is one', () => {
    const lines = linked(`locals {
  all = merge(var.map, { a = "b" })
}
resource "aws_s3_bucket" "b" { for_each = local.all }
resource "aws_s3_bucket_versioning" "v" {
  for_each = local.all
  bucket   = aws_s3_bucket.b[each.key].id
}
`);
    expect(lines).toMatchInlineSnapshot(`
      [
        "aws_s3_bucket.b["a"]",
        "aws_s3_bucket.b[*] ? variable-without-value var.map * .|aws_s3_bucket.b",
        "aws_s3_bucket_versioning.v["a"]",
        "aws_s3_bucket_versioning.v[*] ? variable-without-value var.map * .|aws_s3_bucket.b",
        "aws_s3_bucket_versioning.v["a"].bucket -> aws_s3_bucket.b["a"].id",
        "aws_s3_bucket_versioning.v[*].bucket -> aws_s3_bucket.b[*].id",
      ]
    `);
  });
});
