import { bucket, type HostileCase } from './hostile-case.js';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__'];
const each = (write: (name: string) => string) => names.map(write).join('');

/** Names that mean something to the language this is written in. */
export const nameCases: readonly HostileCase[] = [
  {
    name: 'odd names of locals, variables, outputs and resources',
    expect: '1',
    files: () => ({
      'main.tf': [
        `locals {\n${each((name) => `  ${name} = "${name}"\n`)}}\n`,
        each((name) => `variable "${name}" {\n  default = "${name}"\n}\n`),
        each((name) => `output "${name}" {\n  value = "\${local.${name}}-\${var.${name}}"\n}\n`),
        each((name) => `resource "aws_sqs_queue" "${name}" {\n  name = "\${local.${name}}-\${var.${name}}"\n}\n`),
        each((name) => `data "aws_iam_policy_document" "${name}" {\n  statement {}\n}\n`),
      ].join(''),
    }),
  },
  {
    name: 'odd names that nobody declares',
    expect: '1 terraform-invalid-reference terraform-unknown-function',
    files: () => ({
      'main.tf': `resource "aws_sqs_queue" "pears" {\n  name = "\${local.__proto__}\${var.constructor}\${module.toString.a}\${data.aws_ami.valueOf.id}\${aws_sqs_queue.hasOwnProperty.arn}\${path.constructor}\${terraform.__proto__}\${each.constructor}\${count.toString}"\n  tags = { a = constructor("a"), b = __proto__(), c = toString }\n}\n`,
    }),
  },
  {
    name: 'odd keys of objects, tags and for_each',
    expect: '1 terraform-invalid-value',
    files: () => ({
      'main.tf': [
        `locals {\n  o = {\n${each((name) => `    ${name} = "${name}"\n`)}  }\n}\n`,
        `resource "aws_sqs_queue" "pears" {\n  for_each = local.o\n  name     = local.o[each.key]\n  tags = {\n${each((name) => `    ${name} = local.o.${name}\n`)}  }\n}\n`,
        `resource "aws_sqs_queue" "plums" {\n  for_each = toset(keys(local.o))\n  name     = lookup(local.o, "absent", aws_sqs_queue.pears["__proto__"].name)\n  tags     = merge(local.o, zipmap(keys(local.o), values(local.o)), jsondecode("{\\"__proto__\\": {\\"a\\": 1}}"), { (each.key) = "x" })\n}\n`,
      ].join(''),
    }),
  },
  {
    name: 'odd attributes, blocks and types',
    expect: '3 terraform-block-not-read terraform-invalid-block',
    files: () => ({
      'main.tf': [
        `resource "aws_sqs_queue" "pears" {\n${each((name) => `  ${name} = 1\n  ${name}x {\n    ${name} = 2\n  }\n`)}${each((name) => `  ${name}y {}\n`)}}\n`,
        each((name) => `resource "${name}" "pears" {\n  constructor {}\n}\n`),
        each((name) => `resource "aws_${name}" "pears" {}\n`),
        each((name) => `provider "${name}" {}\n`),
        each((name) => `${name} {}\n${name} = 1\n`),
        'resource "aws_s3_bucket" "pears" {\n  __proto__ {}\n  constructor {\n    toString = 1\n  }\n  bucket = "orchard-pears"\n}\n',
      ].join(''),
    }),
  },
  {
    name: 'odd names of modules and their inputs',
    expect: '1',
    files: () => ({
      'main.tf': each(
        (name) =>
          `module "${name}" {\n  source = "./pears"\n  ${name} = "a"\n  providers = { ${name} = ${name} }\n}\nlocals {\n  m${name} = module.${name}.${name}\n}\n`,
      ),
      'pears/main.tf': each((name) => `variable "${name}" {}\noutput "${name}" {\n  value = var.${name}\n}\n`),
    }),
  },
  {
    name: 'odd names in JSON',
    expect: '3 terraform-block-not-read',
    files: () => ({
      'main.tf.json': `{${names.map((name) => `"${name}": {"a": 1}`).join(',')}, "locals": {${names.map((name) => `"${name}": "a"`).join(',')}}, "resource": {${names.map((name) => `"${name}": {"${name}": {"${name}": 1}}`).join(',')}, "aws_sqs_queue": {"__proto__": {"name": "\${local.__proto__}", "tags": {"__proto__": "a", "constructor": "b"}}}}}`,
    }),
  },
  {
    name: 'odd names in variable files and the environment',
    expect: '1',
    files: () => ({
      'main.tf': each(
        (name) =>
          `variable "${name}" {\n  type = map(string)\n}\nresource "aws_sqs_queue" "q${name}" {\n  tags = var.${name}\n}\n`,
      ),
      'terraform.tfvars': each((name) => `${name} = { ${name} = "a" }\n`),
      'a.auto.tfvars.json': `{${names.map((name) => `"${name}": {"${name}": "b"}`).join(',')}}`,
    }),
    args: ['--var', '__proto__={constructor="x"}'],
    environment: { TF_VAR_constructor: '{ __proto__ = "y" }', TF_VAR_valueOf: '{}' },
  },
  {
    name: 'odd keys of trueline.yaml',
    expect: '2 error: "__proto__" is not a key of trueline.yaml.',
    files: () => ({ 'trueline.yaml': `version: 1\n${each((name) => `${name}: 1\n`)}` }),
  },
  {
    name: 'odd policies and parameters in trueline.yaml',
    expect: '2 error: "aws-s3-bucket-versioning-enabled" has no parameter "__proto__".',
    files: () => ({
      'trueline.yaml': `version: 1\npolicies:\n  aws-s3-bucket-versioning-enabled: { severity: low, parameters: { __proto__: 1, constructor: 2 } }\n`,
    }),
  },
  {
    name: 'odd facts in trueline.yaml',
    expect: '2 error: There are no facts of "__proto__", but of aws_account, aws_region, kubernetes/v1/Namespace.',
    files: () => ({
      'trueline.yaml': `version: 1\nfacts:\n  __proto__: { constructor: { toString: true } }\n  aws_region: { __proto__: { enabled: true } }\n`,
    }),
  },
  {
    name: 'odd keys of policies',
    expect: '3 policy-invalid',
    files: () => ({
      'own/pears.policy.yaml': `id: own-pears\n__proto__: 1\nconstructor: { toString: 1 }\ntitle: Pears are ripe\nseverity: low\nresource: aws_sqs_queue\n`,
      'main.tf': bucket('pears'),
    }),
    args: ['--policy-dir', 'own'],
  },
];
