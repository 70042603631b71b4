import { bucket, type HostileCase, queue } from './hostile-case.js';

const main = (text: () => string) => () => ({ 'main.tf': text() });
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Names and modules that lead into one another. */
export const referenceCases: readonly HostileCase[] = [
  {
    name: 'locals in a ring',
    expect: '1 terraform-cycle terraform-invalid-value',
    files: main(() => queue('local.a', 'locals {\n  a = local.b\n  b = "${local.c}"\n  c = [local.a]\n}\n')),
  },
  {
    name: 'a local that is itself',
    expect: '1 terraform-cycle',
    files: main(() => queue('local.a', 'locals {\n  a = local.a\n}\n')),
  },
  {
    name: 'a ring through a module',
    expect: '1 terraform-cycle',
    files: () => ({
      'main.tf': queue(
        'local.a',
        'locals {\n  a = module.pears.b\n}\nmodule "pears" {\n  source = "./pears"\n  a      = local.a\n}\n',
      ),
      'pears/main.tf': `variable "a" {}\noutput "b" {\n  value = var.a\n}\n${bucket('pears')}`,
    }),
  },
  {
    name: 'for_each over itself',
    expect: '1 terraform-cycle',
    files: main(
      () => 'resource "aws_sqs_queue" "pears" {\n  for_each = aws_sqs_queue.pears\n  name     = each.key\n}\n',
    ),
  },
  {
    name: 'count of itself',
    expect: '1 terraform-cycle',
    files: main(() => 'resource "aws_sqs_queue" "pears" {\n  count = length(aws_sqs_queue.pears) + 1\n}\n'),
  },
  {
    name: 'a module over its own outputs',
    expect: '1 terraform-cycle',
    files: () => ({
      'main.tf': 'module "pears" {\n  source   = "./pears"\n  for_each = module.pears\n}\n',
      'pears/main.tf': bucket('pears'),
    }),
  },
  {
    name: 'a module that calls itself',
    expect: '3 terraform-module-recursion',
    files: main(() => 'module "pears" {\n  source = "./"\n}\n'),
  },
  {
    name: 'a module that calls itself over three',
    expect: '3 terraform-module-recursion',
    files: () => ({
      'main.tf': 'module "pears" {\n  source = "./pears"\n}\n',
      'pears/main.tf': `module "plums" {\n  source = "../pears"\n  count  = 3\n}\n${bucket('pears')}`,
    }),
  },
  {
    name: 'modules that call each other',
    expect: '3 terraform-module-recursion',
    files: () => ({
      'main.tf': 'module "pears" {\n  source = "./pears"\n}\n',
      'pears/main.tf': `module "plums" {\n  source = "../plums"\n}\n${bucket('pears')}`,
      'plums/main.tf': `module "pears" {\n  source = "../pears"\n}\nmodule "more" {\n  source = "../pears"\n}\n${bucket('plums')}`,
    }),
  },
  {
    name: 'a ring of modules with no way in',
    expect: '3 terraform-module-recursion',
    files: () => ({
      'pears/main.tf': `module "plums" {\n  source = "../plums"\n}\n`,
      'plums/main.tf': `module "pears" {\n  source = "../pears"\n}\n`,
    }),
  },
  {
    name: 'a chain of 200 modules',
    expect: '3 limit-reached',
    files: () =>
      Object.fromEntries([
        ['main.tf', 'module "m" {\n  source = "./m0"\n}\n'],
        ...range(200).map((index) => [
          `m${index}/main.tf`,
          `${index < 199 ? `module "m" {\n  source = "../m${index + 1}"\n}\n` : ''}${bucket('pears')}`,
        ]),
      ]),
  },
  {
    name: 'modules that double, 40 levels',
    expect: '3 limit-reached',
    files: () =>
      Object.fromEntries([
        ['main.tf', 'module "m" {\n  source = "./m0"\n}\n'],
        ...range(40).map((index) => [
          `m${index}/main.tf`,
          index < 39
            ? `module "a" {\n  source = "../m${index + 1}"\n}\nmodule "b" {\n  source = "../m${index + 1}"\n}\n`
            : bucket('pears'),
        ]),
      ]),
  },
  {
    name: 'modules of a thousand in modules of a thousand',
    expect: '3 limit-reached',
    files: () => ({
      'main.tf': 'module "m" {\n  source = "./a"\n  count  = 1000\n}\n',
      'a/main.tf': 'module "m" {\n  source = "../b"\n  count  = 1000\n}\n',
      'b/main.tf': `module "m" {\n  source = "../c"\n  count  = 1000\n}\n`,
      'c/main.tf': bucket('pears'),
    }),
  },
  {
    name: 'a chain of 5,000 locals',
    expect: '3 limit-reached',
    files: main(() =>
      queue(
        'local.a0',
        `locals {\n${range(5_000)
          .map((index) => `  a${index} = "\${local.a${index + 1}}"\n`)
          .join('')}  a5000 = "end"\n}\n`,
      ),
    ),
  },
  {
    name: 'a chain of 5,000 resources',
    expect: '3 limit-reached terraform-invalid-reference',
    files: main(() =>
      range(5_000)
        .map((index) => `resource "aws_sqs_queue" "a${index}" {\n  name = aws_sqs_queue.a${index + 1}.name\n}\n`)
        .join(''),
    ),
  },
  {
    name: '30,000 locals that are not asked for',
    expect: '1',
    files: main(
      () =>
        `locals {\n${range(30_000)
          .map((index) => `  a${index} = local.a${(index * 7) % 30_000}\n`)
          .join('')}}\n`,
    ),
  },
  {
    name: 'a template that is itself',
    expect: '1 terraform-function-failed',
    files: () => ({
      'main.tf': queue('templatefile("pears.tpl", { path = "pears.tpl" })'),
      'pears.tpl': '${templatefile(path, { path = path })}',
    }),
  },
  {
    name: 'templates that are each other',
    expect: '1 terraform-function-failed',
    files: () => ({
      'main.tf': queue('templatefile("pears.tpl", {})'),
      'pears.tpl': '${templatefile("plums.tpl", {})}${templatefile("plums.tpl", {})}',
      'plums.tpl': '${templatefile("pears.tpl", {})}${templatefile("pears.tpl", {})}',
    }),
  },
  {
    name: 'a template of 50 MB',
    expect: '3 limit-reached',
    files: () => ({
      'main.tf': queue('templatefile("pears.tpl", {})'),
      'pears.tpl': 'p'.repeat(50_000_000),
    }),
  },
];
