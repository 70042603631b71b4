import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluateTerraform } from '../../src/evaluate/terraform/evaluate-terraform.js';
import type { TerraformResult } from '../../src/evaluate/terraform/result.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { contradictions } from '../support/completion.js';
import { memoryFileSystem } from '../support/memory-file-system.js';
import { type Fixture, readFixture } from '../support/read-fixture.js';

/**
 * What is said of a configuration while its variables have no values must hold whatever values they get. A wrong "known"
 * is the worst bug that there can be.
 */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;

function evaluate(
  files: Record<string, string | Uint8Array>,
  folder: string,
  values: Record<string, string>,
): TerraformResult {
  return evaluateTerraform({
    fileSystem: memoryFileSystem(files),
    schemas: providerSchemas,
    environment: { variables: new Map() },
    roots: [
      {
        folder,
        kind: 'module',
        varFiles: [],
        variables: Object.entries(values).map(([name, text]) => ({ name, text })),
      },
    ],
  });
}

/** Every way to give each variable one of its values, or none. */
function* completions(choices: Readonly<Record<string, readonly string[]>>): Generator<Record<string, string>> {
  const [first, ...others] = Object.entries(choices);
  if (first === undefined) {
    yield {};
    return;
  }
  const [name, values] = first;
  for (const rest of completions(Object.fromEntries(others))) {
    yield rest;
    for (const value of values) yield { ...rest, [name]: value };
  }
}

/** A variable with a default is known without a value: here none has one. */
function withoutDefaults({ files }: Fixture): { readonly files: Record<string, string> } {
  const decoder = new TextDecoder();
  const stripped = Object.entries(files).map(([path, bytes]): [string, string] => [
    path,
    decoder.decode(bytes).replace(/^ {2}default +=.*$/gm, ''),
  ]);
  return { files: Object.fromEntries(stripped) };
}

const CASES: readonly {
  readonly fixture: string;
  readonly folder?: string;
  readonly choices: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    fixture: 'unknown-blocks',
    choices: {
      ports: ['[]', '[443]', '[80, 443]'],
      open: ['true', 'false'],
      document: [
        '',
        '{"Statement":[{"Sid":"Named","Effect":"Deny","Action":"*","Resource":"*"}]}',
        '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"Perhaps","Effect":"Allow"}]}',
      ],
      services: ['[]', '["ec2.amazonaws.com"]', '["a", "b"]'],
    },
  },
  {
    fixture: 'key-sets',
    choices: {
      buckets: [
        '{}',
        '{ apple = { versioned = true } }',
        '{ apple = { versioned = true }, pear = { versioned = false } }',
      ],
      others: ['[]', '["apple"]'],
      create: ['true', 'false'],
      size: ['0', '1', '3'],
    },
  },
  {
    fixture: 'vpc-module',
    folder: 'modules/vpc',
    choices: {
      create: ['true', 'false'],
      name: ['orchard'],
      zones: ['["a", "b"]'],
      private_subnets: ['["10.0.1.0/24"]', '["10.0.1.0/24", "10.0.2.0/24"]'],
      public_subnets: ['["10.0.9.0/24"]'],
      tags: ['{ Name = "own" }'],
      nat: ['{ enabled = false }', '{ single = false }'],
    },
  },
  { fixture: 'alias-tags', choices: { owner: ['gardener', ''], region: ['eu-west-1', 'cn-north-1'] } },
  { fixture: 'invalid-instances', choices: { untyped: ['["x"]', 'x'] } },
];

describe.each(CASES)('$fixture', ({ fixture, folder = '', choices }) => {
  test('what is said without values holds with any', () => {
    const { files } = withoutDefaults(readFixture(join(fixtures, fixture)));
    const before = evaluate(files, folder, {});
    const wrong = new Set<string>();
    let count = 0;
    for (const values of completions(choices)) {
      count++;
      for (const line of contradictions(before, evaluate(files, folder, values)))
        wrong.add(`${line} with ${JSON.stringify(values)}`);
    }
    expect([...wrong].slice(0, 8)).toEqual([]);
    expect(count).toBeGreaterThan(2);
  });
});

/** Variables here have no defaults, so that each is unknown unless it is given. */
const SNIPPETS: Readonly<
  Record<string, { readonly text: string; readonly choices: Readonly<Record<string, readonly string[]>> }>
> = {
  'a resource that is perhaps there, through every function that modules use': {
    choices: { create: ['true', 'false'], names: ['[]', '["a"]', '["b", "c"]'], flag: ['true', 'false', 'null'] },
    text: `
variable "create" { type = bool }
variable "names" { type = list(string) }
variable "flag" { type = bool }
locals {
  id    = try(aws_s3_bucket.perhaps[0].bucket, "none")
  one   = one(aws_s3_bucket.perhaps[*].bucket)
  first = element(concat(aws_s3_bucket.perhaps[*].bucket, ["fallback"]), 0)
  join  = join("", aws_s3_bucket.perhaps[*].bucket)
  set   = toset(concat(var.names, ["always"]))
}
resource "aws_s3_bucket" "perhaps" {
  count  = var.create ? 1 : 0
  bucket = "perhaps"
}
resource "aws_s3_bucket" "set" {
  for_each = local.set
  bucket   = each.value
  tags     = merge({ index = "x" }, var.create ? { made = "yes" } : {})
}
resource "aws_sqs_queue" "counted" {
  count                     = length(var.names) + (var.create ? 1 : 0)
  name                      = "q-\${count.index}"
  message_retention_seconds = var.create ? 60 : 120
}
resource "aws_sns_topic" "filtered" {
  for_each = { for name in var.names : name => upper(name) if name != "c" }
  name     = each.value
}
resource "aws_sns_topic" "alternatives" {
  for_each     = var.create ? { a = 1, b = 2 } : { b = 3 }
  name         = each.key
  display_name = each.value
}
module "perhaps" {
  source = "./child"
  count  = var.create ? 1 : 0
  name   = local.id
}
output "all" {
  value = [local.id, local.one, local.first, local.join, length(local.set), aws_s3_bucket.set["always"].bucket,
    length(aws_sqs_queue.counted), [for topic in aws_sns_topic.alternatives : topic.display_name],
    try(module.perhaps[0].name, null), one(module.perhaps[*].name), coalesce(local.one, "d"), compact([local.one, "x"]),
    contains(var.names, "a"), var.flag == null, var.flag != false, lookup({ true = 1 }, tostring(coalesce(var.flag, false)), 2)]
}
`,
  },
  'dynamic blocks in dynamic blocks': {
    choices: { rules: ['[]', '[{ days = 1 }]', '[{ days = 90 }, { days = 2, on = false }]'], extra: ['true', 'false'] },
    text: `
variable "rules" { type = list(object({ days = number, on = optional(bool, true) })) }
variable "extra" { type = bool }
resource "aws_s3_bucket_lifecycle_configuration" "rules" {
  bucket = "rules"
  dynamic "rule" {
    for_each = var.rules
    content {
      id     = "rule-\${rule.key}"
      status = rule.value.on ? "Enabled" : "Disabled"
      dynamic "expiration" {
        for_each = rule.value.days > 30 ? [rule.value.days] : []
        content {
          days = expiration.value
        }
      }
    }
  }
  dynamic "rule" {
    for_each = var.extra ? ["extra"] : []
    content {
      id     = rule.value
      status = "Enabled"
    }
  }
  rule {
    id     = "last"
    status = "Enabled"
  }
}
resource "aws_iam_policy" "json" {
  name = "json"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = "s3:*", Resource = "*" }],
      var.extra ? [{ Effect = "Deny", Action = "iam:*", Resource = "*" }] : [],
      [for rule in var.rules : { Effect = "Allow", Action = "x:\${rule.days}", Resource = "*" } if rule.on],
    )
  })
}
output "ids" {
  value = aws_s3_bucket_lifecycle_configuration.rules.rule[*].id
}
output "count" {
  value = length(aws_s3_bucket_lifecycle_configuration.rules.rule)
}
`,
  },
  'modules over unknown maps, and what they give back': {
    choices: {
      shops: ['{}', '{ a = { public = true } }', '{ a = { ports = [1, 2] }, b = { public = false, ports = [] } }'],
      fallback: ['true', 'false'],
    },
    text: `
variable "shops" { type = map(object({ public = optional(bool, false), ports = optional(list(number), [80]) })) }
variable "fallback" { type = bool }
locals {
  pairs = flatten([for name, shop in var.shops : [for port in shop.ports : { name = name, port = port }]])
  names = var.fallback ? keys(var.shops) : ["only"]
}
module "shop" {
  source   = "./child"
  for_each = var.shops
  name     = each.key
}
resource "aws_security_group" "shop" {
  for_each = var.shops
  name     = module.shop[each.key].name
  tags     = { public = each.value.public }
}
resource "aws_vpc_security_group_ingress_rule" "shop" {
  for_each          = { for pair in local.pairs : "\${pair.name}-\${pair.port}" => pair }
  security_group_id = aws_security_group.shop[each.value.name].id
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = "tcp"
  cidr_ipv4         = var.shops[each.value.name].public ? "0.0.0.0/0" : "10.0.0.0/8"
}
resource "aws_security_group" "all" {
  name = "all-\${length(local.names)}"
  dynamic "ingress" {
    for_each = toset([for pair in local.pairs : pair.port])
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [for name in local.names : name == "only" ? "10.0.0.0/8" : "0.0.0.0/0"]
    }
  }
}
output "all" {
  value = [[for shop in module.shop : shop.name], length(local.pairs), anytrue([for shop in var.shops : shop.public]),
    alltrue([for shop in var.shops : shop.public]), values(module.shop)[*].name, try(module.shop["a"].name, "none"),
    lookup(var.shops, "a", null) == null, merge({ a = 0 }, { for name, shop in var.shops : name => length(shop.ports) }),
    sort(keys(var.shops)), distinct(concat(local.names, ["only"])), reverse(local.names), slice(concat(["x"], local.names), 0, 1)]
}
`,
  },
  'conditions on conditions, and nulls': {
    choices: {
      a: ['true', 'false'],
      b: ['true', 'false', 'null'],
      text: ['', 'x', 'null'],
      number: ['0', '5', 'null'],
    },
    text: `
variable "a" { type = bool }
variable "b" { type = bool }
variable "text" { type = string }
variable "number" { type = number }
locals {
  kms  = var.a ? one(aws_kms_key.key[*].arn) : null
  name = coalesce(var.text, var.a ? "fallback" : "other")
}
resource "aws_kms_key" "key" {
  count                   = var.a && var.number != 0 ? 1 : 0
  deletion_window_in_days = var.number == null ? 30 : 7
  enable_key_rotation     = var.b == null ? true : var.b
}
resource "aws_s3_bucket" "store" {
  bucket        = "store-\${local.name}"
  force_destroy = var.a ? (var.b == null ? false : var.b) : false
}
resource "aws_s3_bucket_server_side_encryption_configuration" "store" {
  bucket = aws_s3_bucket.store.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = local.kms == null ? "AES256" : "aws:kms"
      kms_master_key_id = local.kms
    }
  }
}
resource "aws_db_instance" "ledger" {
  storage_encrypted   = try(var.b ? true : false, true)
  multi_az            = var.a ? true : var.number == 5
  publicly_accessible = var.a && !var.a
  tags                = var.text == null ? null : { text = var.text }
}
resource "aws_sqs_queue" "maybe" {
  for_each = var.a ? toset(["x", local.name]) : toset([])
  name     = each.key
}
output "all" {
  value = [local.kms == null, local.name, length(aws_kms_key.key), coalesce(var.number, 3), format("%s-%d", local.name, coalesce(var.number, 1)),
    var.text == "" ? [] : [var.text], jsonencode({ a = var.a, text = var.text }), "\${var.a ? "a" : "b"}-c", max(coalesce(var.number, 0), 3),
    try(tonumber(var.text), -1), can(var.text), startswith("\${local.name}x", "x"), [for x in [var.a, var.b] : x if x != null], contains([var.text], "x")]
}
`,
  },
  'the workspace and maps that are looked up by it': {
    choices: { stage: ['dev', 'prod', 'other'], sizes: ['{ dev = 1, prod = 3 }', '{}'] },
    text: `
variable "stage" { type = string }
variable "sizes" { type = map(number) }
locals {
  settings = { dev = { public = true, zones = ["a"] }, prod = { public = false, zones = ["a", "b"] } }
  own      = lookup(local.settings, var.stage, { public = true, zones = [] })
}
resource "aws_sqs_queue" "sized" {
  count = lookup(var.sizes, var.stage, 2)
  name  = "\${var.stage}-\${count.index}"
}
resource "aws_db_instance" "ledger" {
  for_each            = toset(local.own.zones)
  identifier          = "\${var.stage}-\${each.key}"
  publicly_accessible = local.own.public
  deletion_protection = var.stage == "prod"
}
output "all" {
  value = [local.own.public, length(local.own.zones), try(var.sizes[var.stage], "none"), keys(aws_db_instance.ledger), contains(["dev", "prod"], var.stage)]
}
`,
  },
};

describe.each(Object.entries(SNIPPETS))('%s', (_, { text, choices }) => {
  test('what is said without values holds with any', () => {
    const files = {
      'main.tf': text,
      'child/main.tf':
        'variable "name" {}\nresource "aws_sns_topic" "child" {\n  name = var.name\n}\noutput "name" {\n  value = aws_sns_topic.child.name\n}\n',
    };
    const before = evaluate(files, '', {});
    expect(before.diagnostics).toEqual([]);
    const wrong = new Set<string>();
    for (const values of completions(choices)) {
      for (const line of contradictions(before, evaluate(files, '', values)))
        wrong.add(`${line} with ${JSON.stringify(values)}`);
    }
    expect([...wrong].slice(0, 8)).toEqual([]);
  });
});
