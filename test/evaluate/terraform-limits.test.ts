import { describe, expect, test } from 'vitest';
import { maxInstances, maxResources } from '../../src/evaluate/terraform/modules/world.js';
import { evaluateFiles } from '../support/evaluate-files.js';

const chain = (length: number, step: (next: string) => string) =>
  `locals {\n${Array.from({ length }, (_, index) => `  l${index} = ${step(`local.l${index + 1}`)}`).join('\n')}\n  l${length} = "end"\n}\noutput "o" { value = local.l0 }\n`;

describe('references that lead deep into one another', () => {
  test.each([
    ['names', (next: string) => next],
    ['templates', (next: string) => `"\${${next}}"`],
    ['structures', (next: string) => `[for x in [true ? { a = (${next}) }.a : "y"] : x][0]`],
    ['attempts', (next: string) => `coalesce(try(${next}, "y"), "z")`],
  ])('10,000 locals: %s', (_, step) => {
    const { outputs, diagnostics } = evaluateFiles(chain(10_000, step));
    expect(String(outputs['o'])).toMatch(/limit-reached|undefined/);
    expect(diagnostics.filter((line) => line.startsWith('limit-reached'))).toHaveLength(1);
  });

  test('a hundred are no problem', () => {
    expect(evaluateFiles(chain(100, (next) => next)).outputs).toEqual({ o: 'end' });
  });

  test('10,000 resources', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, index) => `resource "aws_sqs_queue" "q${index}" {\n  name = aws_sqs_queue.q${index + 1}.name\n}\n`,
    );
    const { result, diagnostics } = evaluateFiles(
      `${text.join('')}resource "aws_sqs_queue" "q10000" {\n  name = "end"\n}\n`,
    );
    expect(result.resources).toHaveLength(10_001);
    expect(diagnostics).toHaveLength(1);
  });

  test('modules in modules', () => {
    const files: Record<string, string> = { 'main.tf': 'module "m" { source = "./m0" }\n' };
    for (let index = 0; index < 100; index++)
      files[`m${index}/main.tf`] = `module "m" { source = "../m${index + 1}" }\nresource "aws_sqs_queue" "q" {}\n`;
    files['m100/main.tf'] = 'resource "aws_sqs_queue" "q" {}\n';
    const { result, diagnostics } = evaluateFiles(files);
    expect([result.resources.length, diagnostics]).toMatchInlineSnapshot(`
      [
        63,
        [
          "limit-reached m62/main.tf:1:1-1:13 Modules call one another more than 64 deep.",
        ],
      ]
    `);
  });
});

describe('many instances', () => {
  test('a million by count are cut off, and it is said', () => {
    const { result, diagnostics } = evaluateFiles(
      'resource "aws_sqs_queue" "q" {\n  count = 1000000\n  name  = "q-${count.index}"\n}\n',
    );
    expect([result.resources.length, diagnostics]).toEqual([
      maxInstances,
      ['limit-reached main.tf:2:11-2:18 "aws_sqs_queue.q" has 1000000 instances; only 50000 are judged.'],
    ]);
  });

  test('of modules in modules', () => {
    const { result, diagnostics } = evaluateFiles({
      'main.tf': 'module "a" {\n  source = "./a"\n  count  = 1000\n}\n',
      'a/main.tf': 'module "b" {\n  source = "../b"\n  count  = 1000\n}\n',
      'b/main.tf': 'resource "aws_sqs_queue" "q" { count = 1000 }\n',
    });
    expect(result.resources).toHaveLength(maxResources);
    expect(diagnostics).toMatchInlineSnapshot(`
    [
      "limit-reached b/main.tf:1:1-1:31 A root module has more than 100000 resources; the others are not judged.",
      "limit-reached a/main.tf:1:1-1:13 A root module has more than 20000 module instances; the others are not judged.",
    ]
  `);
  });

  test('products and ranges beyond all measure', () => {
    const { outputs, diagnostics } = evaluateFiles(`locals {
  many = [for i in range(1000) : i]
  wide = setproduct(local.many, local.many, local.many, local.many, local.many)
  long = range(0, 1000000000)
  high = pow(10, 1000000000)
  text = format("%999999999d", 1)
  grow = [for a in local.many : [for b in local.many : [for c in local.many : [for d in local.many : d]]]]
}
output "o" { value = [local.wide, local.long, local.high, local.text] }
output "grow" { value = length(local.grow) }
`);
    expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "limit-reached main.tf:3:10-3:80 "setproduct" is not evaluated: the product has more than 1000000 elements.",
          "terraform-function-failed main.tf:4:10-4:30 "range" failed: more than 1024 values were generated; either decrease the difference between start and end or use a smaller step.",
        ],
        "outputs": {
          "grow": "?limit-reached",
          "o": [
            "?limit-reached",
            "?invalid-expression",
            Infinity,
            "?limit-reached",
          ],
        },
      }
    `);
  });
});

test('names that JavaScript means something by', () => {
  const { resources, outputs, diagnostics } = evaluateFiles(`locals {
  __proto__   = "p"
  constructor = "c"
  map         = { __proto__ = 1, toString = 2, constructor = 3 }
}
variable "__proto__" { default = "v" }
variable "toString" {}
resource "aws_sqs_queue" "constructor" {
  for_each = { __proto__ = 1, hasOwnProperty = 2 }
  tags     = { __proto__ = each.key }
}
output "o" { value = [local.__proto__, local.constructor, local.map.__proto__, local.map["toString"], var.__proto__, var.toString, keys(local.map), aws_sqs_queue.constructor["__proto__"].tags.__proto__] }
output "missing" { value = [try(local.valueOf, 1), try(var.valueOf, 2), try(local.map.valueOf, 3), try(aws_sqs_queue.constructor["valueOf"], 4)] }
`);
  expect({ addresses: Object.keys(resources), outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "addresses": [
        "aws_sqs_queue.constructor["__proto__"]",
        "aws_sqs_queue.constructor["hasOwnProperty"]",
      ],
      "diagnostics": [],
      "outputs": {
        "missing": [
          1,
          2,
          3,
          4,
        ],
        "o": [
          "p",
          "c",
          1,
          2,
          "v",
          "?variable-without-value var.toString",
          [
            "__proto__",
            "constructor",
            "toString",
          ],
          "__proto__",
        ],
      },
    }
  `);
});
