import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model/value.js';
import { evaluateFiles } from '../support/evaluate-files.js';

/** What Terraform marks: the whole value, parts of it, or nothing. */
type Marks = boolean | readonly Marks[] | { readonly [name: string]: Marks };

const { expressions }: { readonly expressions: readonly { readonly e: string; readonly marks: (Marks | null)[] }[] } =
  JSON.parse(readFileSync(new URL('../../fixtures/evaluate/sensitive-marks.json', import.meta.url), 'utf8'));

const TYPES = {
  str: 'string',
  num: 'number',
  bool: 'bool',
  list: 'list(string)',
  set: 'set(string)',
  map: 'map(string)',
  obj: 'object({ a = string, c = number })',
  lobj: 'list(object({ a = string }))',
  any: 'any',
};

/** Variables without values stand for what is not known. */
const PRELUDE = `${Object.entries(TYPES)
  .map(
    ([name, type]) =>
      `variable "${name}" {\n  type     = ${type}\n  nullable = false\n}\nlocals {\n  u_${name} = var.${name}\n}\n`,
  )
  .join('')}locals {\n  tpl = "a-$\${x}"\n}\n`;

/** Whether Terraform hides something that is known here and not marked. */
function isLost(value: Value, marks: Marks): boolean {
  if (marks === false || value.sensitive === true || value.kind === 'unknown') return false;
  if (value.kind === 'list' && Array.isArray(marks)) {
    const isCertain = value.existence === undefined && value.rest === undefined;
    return isCertain && marks.some((mark, index) => isLost(value.elements[index] ?? value, mark));
  }
  if (value.kind === 'object' && typeof marks === 'object' && !Array.isArray(marks)) {
    return Object.entries(marks).some(([name, mark]) => {
      const entry = value.entries.get(name);
      return entry !== undefined && isLost(entry, mark);
    });
  }
  return true;
}

const evaluated = expressions.map(({ e, marks }) => ({
  e,
  marks: marks.filter((mark) => mark !== null),
  value: evaluateFiles(`${PRELUDE}output "x" {\n  value = ${e}\n}\n`).output('x'),
}));

test('no mark is lost that Terraform keeps', () => {
  expect(evaluated.filter(({ value, marks }) => marks.some((mark) => isLost(value, mark))).map(({ e }) => e)).toEqual(
    [],
  );
});

test('a value is sensitive as a whole only where Terraform marks it as a whole, for one completion at least', () => {
  const isEager = ({ value, marks }: (typeof evaluated)[number]) => value.sensitive === true && !marks.includes(true);
  expect(evaluated.filter(isEager).map(({ e }) => e)).toEqual([
    // Without an attribute "x" it would be the sensitive one; the completions all have it.
    'try(local.u_any.x, sensitive("x"))',
  ]);
});

test('what a dynamic block makes of a sensitive collection is sensitive', () => {
  const { value } = evaluateFiles(`variable "names" {
  sensitive = true
  default   = { sda = 8, sdb = 16 }
}
resource "aws_launch_template" "oven" {
  dynamic "block_device_mappings" {
    for_each = var.names
    content {
      device_name  = block_device_mappings.key
      virtual_name = "\${block_device_mappings.value} GB"
      no_device    = "yes"
    }
  }
}
`);
  const marks = ['device_name', 'virtual_name', 'no_device'].map(
    (name) => value('aws_launch_template.oven', 'block_device_mappings', '1', name).sensitive === true,
  );
  expect(marks).toEqual([true, true, false]);
});

test('resources are made for each element of a collection in which something is sensitive', () => {
  const { resources, diagnostics } = evaluateFiles(`variable "password" {
  sensitive = true
  default   = "rye-4711"
}
variable "stage" {}
locals {
  ovens = {
    one   = { name = "one", password = var.password }
    two   = { name = "two", password = var.password }
    three = { name = "three" }
    four  = { name = "four" }
    five  = { name = "five" }
  }
}
resource "aws_s3_bucket" "each" {
  for_each = merge({ a = { name = "a", password = var.password } }, { b = { name = "b" } })
  bucket   = each.value.name
}
resource "aws_s3_bucket" "chosen" {
  for_each = lookup(local.ovens, var.stage, {})
  bucket   = each.key
}
`);
  expect(diagnostics).toEqual([]);
  expect(Object.keys(resources)).toEqual([
    'aws_s3_bucket.each["a"]',
    'aws_s3_bucket.each["b"]',
    'aws_s3_bucket.chosen[*]?',
  ]);
});
