import type { HostileCase } from './hostile-case.js';

const main = (text: () => string) => () => ({ 'main.tf': text() });
const counted = (name: string, expect: string, line: string): HostileCase => ({
  name,
  expect,
  files: main(
    () =>
      `locals {\n  many    = range(1000)\n  million = flatten([for i in local.many : [for j in local.many : "\${i}-\${j}"]])\n}\nresource "aws_sqs_queue" "pears" {\n  ${line}\n  name = "orchard-pears"\n}\n`,
  ),
});

/** Numbers of instances and of blocks that nobody means. */
export const instanceCases: readonly HostileCase[] = [
  counted('for_each over a million', '3 limit-reached', 'for_each = toset(local.million)'),
  counted('count = 1e12', '3 limit-reached', 'count = 1e12'),
  counted('count = 1e999999999', '3 limit-reached', 'count = 1e999999999'),
  counted('count = -1', '1 terraform-invalid-count', 'count = -1'),
  counted('count = 1.5', '1 terraform-invalid-count', 'count = 1.5'),
  counted('count = null', '1 terraform-invalid-count', 'count = null'),
  counted('count = "x"', '1 terraform-invalid-count', 'count = "x"'),
  counted('count = []', '1 terraform-invalid-count', 'count = []'),
  counted('count = true', '1 terraform-invalid-count', 'count = true'),
  counted('for_each = null', '1 terraform-invalid-for-each', 'for_each = null'),
  counted('for_each = a text', '1 terraform-invalid-for-each', 'for_each = "x"'),
  counted('for_each = a list', '1 terraform-invalid-for-each', 'for_each = ["a", "b"]'),
  counted('for_each = a set with null', '1 terraform-invalid-for-each', 'for_each = toset(["a", null])'),
  counted('for_each = a set of numbers', '1 terraform-invalid-for-each', 'for_each = toset([1, 2])'),
  counted(
    'for_each over odd keys',
    '1',
    'for_each = toset(["", "\\n", "__proto__", "constructor", "a\\"b", "\\u0000"])',
  ),
  counted('count and for_each', '1 terraform-invalid-count', 'count = 2\n  for_each = toset(["a"])'),
  {
    name: 'dynamic over a million',
    expect: '3 limit-reached',
    files: main(
      () =>
        `locals {\n  many    = range(1000)\n  million = flatten([for i in local.many : local.many])\n}\nresource "aws_security_group" "pears" {\n  dynamic "ingress" {\n    for_each = local.million\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n`,
    ),
  },
  {
    name: 'dynamic over 10,000 in 1,000 instances',
    expect: '3 limit-reached',
    files: main(
      () =>
        `resource "aws_security_group" "pears" {\n  count = 1000\n  dynamic "ingress" {\n    for_each = flatten([for i in range(100) : range(100)])\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n`,
    ),
  },
  {
    name: 'dynamic over itself and over what it may not',
    expect: '3 terraform-block-not-read terraform-cycle terraform-invalid-block terraform-invalid-value',
    files: main(
      () =>
        `resource "aws_security_group" "pears" {\n  dynamic "ingress" {\n    for_each = aws_security_group.pears.ingress\n    content {}\n  }\n  dynamic "egress" {\n    for_each = 7\n    content {}\n  }\n  dynamic "egress" {\n    for_each = null\n  }\n  dynamic {\n  }\n}\n`,
    ),
  },
  {
    name: '20,000 resources in one file',
    expect: '1',
    files: main(() =>
      Array.from(
        { length: 20_000 },
        (_, index) => `resource "aws_sqs_queue" "q${index}" {\n  name = "q${index}"\n}\n`,
      ).join(''),
    ),
  },
  {
    name: '10,000 blocks in one resource',
    expect: '1',
    files: main(
      () =>
        `resource "aws_security_group" "pears" {\n${'  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'.repeat(10_000)}}\n`,
    ),
  },
  {
    name: 'one resource declared 5,000 times',
    expect: '1 terraform-duplicate-declaration',
    files: main(() => 'resource "aws_sqs_queue" "pears" {\n  name = "a"\n}\n'.repeat(5_000)),
  },
];
