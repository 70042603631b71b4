import { describe, expect, test } from 'vitest';
import { evaluateFiles, showOrigin } from '../support/evaluate-files.js';

test('locals are evaluated once, in any order, over files', () => {
  const { outputs, diagnostics } = evaluateFiles({
    'a.tf': 'locals {\n  crate = "${local.fruit}-crate"\n}\noutput "o" { value = local.crate }\n',
    'b.tf': 'locals {\n  fruit = "pear"\n}\n',
  });
  expect({ outputs, diagnostics }).toEqual({ outputs: { o: 'pear-crate' }, diagnostics: [] });
});

test('the way of a value leads to where it is set', () => {
  const { value } = evaluateFiles(`locals {
  kept = var.keep
}
variable "keep" { default = true }
resource "aws_s3_bucket" "orchard" {
  force_destroy = local.kept
}
`);
  expect(showOrigin(value('aws_s3_bucket.orchard', 'force_destroy').origin)).toMatchInlineSnapshot(`
    [
      "local main.tf:6:19-6:29",
      "variable main.tf:2:10-2:18",
      "variable-default main.tf:4:29-4:33",
    ]
  `);
});

describe('what depends on itself is said, and unknown', () => {
  test('locals', () => {
    const { outputs, diagnostics } = evaluateFiles(
      'locals {\n  a = local.b\n  b = "${local.a}x"\n}\noutput "o" { value = local.a }\n',
    );
    expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-cycle main.tf:3:10-3:17 "local.a" depends on itself.",
        ],
        "outputs": {
          "o": "{local.a}x",
        },
      }
    `);
  });
  test('a local through a module', () => {
    const { outputs, diagnostics } = evaluateFiles({
      'main.tf':
        'locals {\n  a = module.m.o\n}\nmodule "m" {\n  source = "./m"\n  v = local.a\n}\noutput "o" { value = local.a }\n',
      'm/main.tf': 'variable "v" {}\noutput "o" { value = var.v }\n',
    });
    expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-cycle main.tf:6:7-6:14 "local.a" depends on itself.",
        ],
        "outputs": {
          "o": "?invalid-expression local.a",
        },
      }
    `);
  });
  test('a resource in its own block and in its for_each', () => {
    const { resources, diagnostics } = evaluateFiles(`resource "aws_s3_bucket" "a" {
  bucket = aws_s3_bucket.a.id
}
resource "aws_s3_bucket" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.key
}
`);
    expect({ resources, diagnostics }).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-cycle main.tf:2:12-2:30 "aws_s3_bucket.a" depends on itself.",
          "terraform-cycle main.tf:5:14-5:29 "aws_s3_bucket.b" depends on itself.",
        ],
        "resources": {
          "aws_s3_bucket.a": {
            "bucket": "?invalid-expression aws_s3_bucket.a",
          },
          "aws_s3_bucket.b[*]?": {
            "bucket": "?invalid-expression aws_s3_bucket.b",
          },
        },
      }
    `);
  });
});

describe('references that lead nowhere', () => {
  test.each([
    ['local.carte', '12:22-12:33 There is no "local.carte" here. Did you mean "local.crate"?'],
    ['var.crate', '12:22-12:31 There is no "var.crate" here.'],
    ['module.crate.o', '12:22-12:36 There is no "module.crate" here. Did you mean "module.many"?'],
    ['module.m.outt', '12:22-12:35 "module.m" has no output "outt". Did you mean "out"?'],
    [
      'aws_s3_bucket.orchid.id',
      '12:22-12:45 There is no "aws_s3_bucket.orchid" here. Did you mean "aws_s3_bucket.orchard"?',
    ],
    ['data.aws_region.current.name', '12:22-12:50 There is no "data.aws_region.current" here.'],
    ['each.key', '12:22-12:30 "each" has no meaning here.'],
    ['count.index', '12:22-12:33 "count" has no meaning here.'],
    ['self.id', '12:22-12:29 "self" has no meaning here.'],
    ['path.modul', '12:22-12:32 There is no "path.modul" here. Did you mean "path.module"?'],
    ['terraform.env', '12:22-12:35 There is no "terraform.env" here.'],
    ['crate', '12:22-12:27 There is no value named "crate" here.'],
    [
      'resource.aws_s3_bucket.orchid.id',
      '12:22-12:54 There is no "aws_s3_bucket.orchid" here. Did you mean "aws_s3_bucket.orchard"?',
    ],
    [
      'aws_s3_bucket.many.id',
      '12:22-12:43 "aws_s3_bucket.many" has instances: name one of them by its key, or all by "[*]".',
    ],
    ['aws_s3_bucket.orchard[0].id', '12:44-12:45 The object has no attribute "0".'],
    ['aws_s3_bucket.many[5].id', '12:41-12:42 The tuple has no element 5.'],
    ['aws_s3_bucket.keyed["c"].id', '12:42-12:45 The object has no attribute "c". Did you mean "a"?'],
    [
      'aws_s3_bucket.keyed.id',
      '12:22-12:44 "aws_s3_bucket.keyed" has instances: name one of them by its key, or all by "[*]".',
    ],
    ['module.many.o', '12:22-12:35 "module.many" has instances: name one of them by its key, or all by "[*]".'],
  ])('%s', (reference, expected) => {
    const { outputs, diagnostics } = evaluateFiles({
      'main.tf': `locals {
  crate = 1
}
module "m" { source = "./m" }
module "many" {
  source = "./m"
  count  = 2
}
resource "aws_s3_bucket" "orchard" {}
resource "aws_s3_bucket" "many" { count = 2 }
resource "aws_s3_bucket" "keyed" { for_each = toset(["a", "b"]) }
output "o" { value = ${reference} }
output "tried" { value = try(${reference}, "else") }
`,
      'm/main.tf': 'output "out" { value = 1 }\noutput "o" { value = 1 }\n',
    });
    expect(diagnostics).toEqual([`terraform-invalid-reference main.tf:${expected}`]);
    expect(outputs).toMatchObject({ tried: 'else' });
  });
});

test('path and terraform', () => {
  const { outputs, diagnostics } = evaluateFiles(
    {
      'envs/prod/main.tf':
        'module "m" { source = "../../modules/m" }\noutput "o" { value = [path.module, path.root, path.cwd, terraform.workspace, module.m.o] }\n',
      'modules/m/main.tf': 'output "o" { value = [path.module, path.root, terraform.workspace] }\n',
    },
    { root: { folder: 'envs/prod' } },
  );
  expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "outputs": {
        "o": [
          ".",
          ".",
          "?environment path.cwd",
          "?workspace-not-given terraform.workspace",
          [
            "../../modules/m",
            ".",
            "?workspace-not-given terraform.workspace",
          ],
        ],
      },
    }
  `);
});

test('the workspace is what says it first', () => {
  const files = { 'main.tf': 'output "o" { value = terraform.workspace }\n', '.terraform/environment': 'stage\n' };
  const workspace = (options: object) => evaluateFiles(files, options).outputs['o'];
  expect([
    workspace({ root: { workspace: 'prod' }, environment: { workspace: 'test' } }),
    workspace({ environment: { workspace: 'test' } }),
    workspace({}),
    workspace({ environment: { dataFolder: '.data' } }),
  ]).toEqual(['prod', 'test', 'stage', '?workspace-not-given terraform.workspace']);
});
