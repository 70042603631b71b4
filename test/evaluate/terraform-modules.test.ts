import { describe, expect, test } from 'vitest';
import { type EvaluateOptions, evaluateFiles } from '../support/evaluate-files.js';
import { toPlain } from '../support/raw-resource.js';

const bakery = `variable "loaf" { default = "rye" }
resource "aws_s3_bucket" "shelf" {
  bucket = "shelf-\${var.loaf}"
}
output "shelf" { value = aws_s3_bucket.shelf.bucket }
output "id" { value = aws_s3_bucket.shelf.id }
`;

function show(files: Record<string, string>, options?: EvaluateOptions) {
  const { resources, outputs, diagnostics, result } = evaluateFiles(files, options);
  const [root] = result.roots;
  return {
    resources,
    outputs,
    diagnostics,
    unread: result.unreadModules.map((one) => [one.address, one.source, one.arguments.map(toPlain)]),
    instantiated: root?.instantiatedFolders,
    uninstantiated: root?.uninstantiatedFolders,
  };
}

test('a local module is read with its arguments, and nested ones from its own folder', () => {
  const { resource, ...rest } = evaluateFiles({
    'main.tf': 'module "a" {\n  source = "./street"\n  loaf   = "spelt"\n}\noutput "o" { value = module.a.deep }\n',
    'street/main.tf':
      'variable "loaf" {}\nmodule "b" {\n  source = "../bakery"\n  loaf   = "${var.loaf}-1"\n}\noutput "deep" { value = module.b.shelf }\n',
    'bakery/main.tf': bakery,
  });
  const { folder, calls, declaration } = resource('module.a.module.b.aws_s3_bucket.shelf');
  expect({
    resources: rest.resources,
    outputs: rest.outputs,
    diagnostics: rest.diagnostics,
    folder,
    declaration,
    calls: calls.map(({ name, isExternal }) => [name, isExternal]),
  }).toMatchInlineSnapshot(`
    {
      "calls": [
        [
          "module.a",
          false,
        ],
        [
          "module.b",
          false,
        ],
      ],
      "declaration": "aws_s3_bucket.shelf",
      "diagnostics": [],
      "folder": "bakery",
      "outputs": {
        "o": "shelf-spelt-1",
      },
      "resources": {
        "module.a.module.b.aws_s3_bucket.shelf": {
          "bucket": "shelf-spelt-1",
        },
      },
    }
  `);
});

describe('instances of a module', () => {
  test.each([
    'count = 2',
    'count = 0',
    'for_each = toset(["x"])',
    'for_each = var.names',
    'count = var.on ? 1 : 0',
    'for_each = ["x"]',
  ])('%s', (argument) => {
    expect(
      show({
        'main.tf': `variable "names" { type = set(string) }
variable "on" { type = bool }
module "m" {
  source = "./bakery"
  ${argument}
}
output "all" { value = module.m[*] }
output "tried" { value = try(module.m[0].shelf, module.m["x"].shelf, "none") }
`,
        'bakery/main.tf': `${bakery}module "inner" { source = "../oven" }\n`,
        'oven/main.tf': 'resource "aws_sqs_queue" "q" {}\n',
      }),
    ).toMatchSnapshot();
  });
});

describe('modules that are not in the project', () => {
  const call =
    'module "net" {\n  source  = "orchard/net/aws"\n  version = "1.2.3"\n  cidr    = "10.0.0.0/8"\n  bucket  = aws_s3_bucket.b.id\n}\nresource "aws_s3_bucket" "b" {}\noutput "o" { value = module.net.vpc_id }\n';
  const manifest = (modules: object[]) => JSON.stringify({ Modules: modules });
  const installed =
    'variable "cidr" {}\nvariable "bucket" {}\nresource "aws_vpc" "v" { cidr_block = var.cidr }\noutput "vpc_id" { value = aws_vpc.v.id }\nmodule "deep" {\n  source = "./deep"\n}\n';
  test.each([
    ['not installed', {}],
    [
      'installed',
      {
        '.terraform/modules/modules.json': manifest([
          { Key: 'net', Source: 'registry.terraform.io/orchard/net/aws', Dir: '.terraform/modules/net' },
          { Key: 'net.deep', Source: './deep', Dir: '.terraform/modules/net/deep' },
        ]),
        '.terraform/modules/net/main.tf': installed,
        '.terraform/modules/net/deep/main.tf': 'resource "aws_sqs_queue" "q" {}\n',
      },
    ],
    [
      'installed from elsewhere',
      {
        '.terraform/modules/modules.json': manifest([
          { Key: 'net', Source: 'registry.terraform.io/orchard/other/aws', Dir: '.terraform/modules/net' },
        ]),
        '.terraform/modules/net/main.tf': installed,
      },
    ],
    [
      'said to be outside of the project',
      { '.terraform/modules/modules.json': manifest([{ Key: 'net', Source: 'orchard/net/aws', Dir: '../../../etc' }]) },
    ],
    [
      'said to be at an absolute place',
      { '.terraform/modules/modules.json': manifest([{ Key: 'net', Source: 'orchard/net/aws', Dir: '/etc' }]) },
    ],
    [
      'installed where nothing is',
      {
        '.terraform/modules/modules.json': manifest([
          { Key: 'net', Source: 'orchard/net/aws', Dir: '.terraform/modules/net' },
        ]),
      },
    ],
    ['in a manifest that is not JSON', { '.terraform/modules/modules.json': 'Modules: []' }],
    ['in a manifest of other things', { '.terraform/modules/modules.json': '{"Modules": [1, {"Key": 2}, null]}' }],
  ])('%s', (_, files) => {
    expect(show({ 'main.tf': call, ...files })).toMatchSnapshot();
  });

  test('outside, missing, and without a plain source', () => {
    expect(
      show(
        {
          'env/main.tf': `module "outside" { source = "../../other" }
module "missing" { source = "./nothing" }
module "computed" { source = "./\${var.x}" }
module "none" {}
variable "x" {}
output "o" { value = [module.outside.a, module.missing.b, module.computed.c, module.none.d] }
`,
        },
        { root: { folder: 'env' } },
      ),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "file-outside-root env/main.tf:1:29-1:42 The module "../../other" of "module.outside" lies outside the project; it is not read.",
          "terraform-module-missing env/main.tf:2:29-2:40 The module "./nothing" of "module.missing" does not exist or holds no configuration.",
          "terraform-invalid-block env/main.tf:3:30-3:42 The "source" of "module.computed" must be a plain text.",
          "terraform-block-not-read env/main.tf:4:1-4:16 "module.none" has no "source".",
        ],
        "instantiated": [
          "env",
        ],
        "outputs": {
          "o": [
            "?file-outside-root module.outside",
            "?remote-module module.missing",
            "?invalid-expression module.computed",
            "?invalid-expression module.none",
          ],
        },
        "resources": {},
        "uninstantiated": [],
        "unread": [
          [
            "module.outside",
            "../../other",
            [],
          ],
          [
            "module.missing",
            "./nothing",
            [],
          ],
          [
            "module.computed",
            "",
            [],
          ],
          [
            "module.none",
            "",
            [],
          ],
        ],
      }
    `);
  });
});

describe('modules that call themselves', () => {
  test('one', () => {
    expect(
      show({ 'main.tf': 'module "again" { source = "./." }\nresource "aws_sqs_queue" "q" {}\n' }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-module-recursion main.tf:1:1-1:17 "module.again" calls a module that it is itself in; it is not followed.",
        ],
        "instantiated": [
          "",
        ],
        "outputs": {},
        "resources": {
          "aws_sqs_queue.q": {},
        },
        "uninstantiated": [],
        "unread": [
          [
            "module.again",
            "./.",
            [],
          ],
        ],
      }
    `);
  });
  test('two', () => {
    expect(
      show({
        'main.tf': 'module "a" { source = "./a" }\n',
        'a/main.tf': 'module "b" { source = "../b" }\nresource "aws_sqs_queue" "a" {}\n',
        'b/main.tf':
          'module "a" { source = "../a" }\nresource "aws_sqs_queue" "b" {}\noutput "o" { value = module.a.o }\n',
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-module-recursion b/main.tf:1:1-1:13 "module.a" calls a module that it is itself in; it is not followed.",
        ],
        "instantiated": [
          "",
          "a",
          "b",
        ],
        "outputs": {},
        "resources": {
          "module.a.aws_sqs_queue.a": {},
          "module.a.module.b.aws_sqs_queue.b": {},
        },
        "uninstantiated": [],
        "unread": [
          [
            "module.a.module.b.module.a",
            "../a",
            [],
          ],
        ],
      }
    `);
  });
});

test('a module that is the root module too', () => {
  const { resources, diagnostics, result } = evaluateFiles(
    { 'main.tf': bakery, 'examples/small/main.tf': 'module "m" {\n  source = "../.."\n  loaf   = "bun"\n}\n' },
    { roots: [{ folder: '' }, { folder: 'examples/small' }] },
  );
  expect({
    resources,
    diagnostics,
    roots: result.resources.map(({ root, address }) => [root, address]),
  }).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "resources": {
        "aws_s3_bucket.shelf": {
          "bucket": "shelf-rye",
        },
        "module.m.aws_s3_bucket.shelf": {
          "bucket": "shelf-bun",
        },
      },
      "roots": [
        [
          ".",
          "aws_s3_bucket.shelf",
        ],
        [
          "examples/small",
          "module.m.aws_s3_bucket.shelf",
        ],
      ],
    }
  `);
});

test('outputs are sensitive where they say so, and as a whole object', () => {
  const { result, outputs } = evaluateFiles({
    'main.tf':
      'module "m" { source = "./m" }\noutput "one" { value = module.m.secret }\noutput "all" { value = module.m }\n',
    'm/main.tf': 'output "secret" {\n  value     = "s"\n  sensitive = true\n}\noutput "open" { value = "o" }\n',
  });
  const one = result.roots[0]?.outputs.get('one');
  expect([outputs, one?.sensitive]).toEqual([{ one: 's', all: { open: 'o', secret: 's' } }, true]);
});

test('moved blocks of all modules', () => {
  const { result } = evaluateFiles({
    'main.tf':
      'moved {\n  from = aws_s3_bucket.a\n  to   = module.m["x"].aws_s3_bucket.b\n}\nmodule "m" {\n  source   = "./m"\n  for_each = toset(["x", "y"])\n}\n',
    'm/main.tf':
      'resource "aws_s3_bucket" "b" {}\nmoved {\n  from = aws_s3_bucket.old[0]\n  to   = aws_s3_bucket.b\n}\n',
  });
  expect([...(result.roots[0]?.moved ?? [])]).toEqual([
    ['aws_s3_bucket.a', 'module.m["x"].aws_s3_bucket.b'],
    ['module.m["x"].aws_s3_bucket.old[0]', 'module.m["x"].aws_s3_bucket.b'],
    ['module.m["y"].aws_s3_bucket.old[0]', 'module.m["y"].aws_s3_bucket.b'],
  ]);
});

test('what is passed between modules of one key set belongs together', () => {
  const { result } = evaluateFiles({
    'main.tf': `variable "names" { type = set(string) }
module "bucket" {
  source   = "./bakery"
  for_each = var.names
}
module "guard" {
  source   = "./guard"
  for_each = var.names
  id       = module.bucket[each.key].id
}
resource "aws_s3_bucket_versioning" "v" {
  for_each = var.names
  bucket   = module.bucket[each.key].id
}
`,
    'bakery/main.tf': bakery,
    'guard/main.tf': 'variable "id" {}\nresource "aws_s3_bucket_public_access_block" "p" { bucket = var.id }\n',
  });
  expect(
    result.resources.map(({ address, keySet, values }) => [
      address,
      keySet?.replaceAll('\0', '|'),
      values.entries.get('bucket')?.refersTo?.map((one) => `${one.address}.${one.attribute}`),
    ]),
  ).toMatchInlineSnapshot(`
    [
      [
        "aws_s3_bucket_versioning.v[*]",
        ".|var.names",
        [
          "module.bucket[*].aws_s3_bucket.shelf.id",
        ],
      ],
      [
        "module.bucket[*].aws_s3_bucket.shelf",
        ".|var.names",
        undefined,
      ],
      [
        "module.guard[*].aws_s3_bucket_public_access_block.p",
        ".|var.names",
        [
          "module.bucket[*].aws_s3_bucket.shelf.id",
        ],
      ],
    ]
  `);
});
