import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';
import { toPlain } from '../support/raw-resource.js';

const show = (text: string | Record<string, string>) => {
  const { outputs, diagnostics } = evaluateFiles(text);
  return { outputs, diagnostics };
};

test('what the provider configuration says', () => {
  expect(
    show(`provider "aws" {
  region              = "cn-north-1"
  allowed_account_ids = ["123456789012"]
  default_tags { tags = { Team = "bakers" } }
}
data "aws_region" "r" {}
data "aws_partition" "p" {}
data "aws_caller_identity" "c" {}
data "aws_default_tags" "t" {}
data "aws_arn" "a" { arn = "arn:aws:rds:eu-west-1:123456789012:db:mysql-db" }
data "aws_service_principal" "s" { service_name = "s3" }
data "aws_ami" "x" { most_recent = true }
output "o" {
  value = [data.aws_region.r.name, data.aws_partition.p.partition, data.aws_partition.p.dns_suffix, data.aws_caller_identity.c.account_id,
    data.aws_caller_identity.c.arn, data.aws_default_tags.t.tags, data.aws_arn.a.resource, data.aws_arn.a.service, data.aws_service_principal.s.name,
    data.aws_ami.x.id, "arn:\${data.aws_partition.p.partition}:sns:\${data.aws_region.r.name}:\${data.aws_caller_identity.c.account_id}:t"]
}
`),
  ).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "outputs": {
        "o": [
          "cn-north-1",
          "aws-cn",
          "amazonaws.com.cn",
          "123456789012",
          "?data-source data.aws_caller_identity.c",
          {
            "Team": "bakers",
          },
          "db:mysql-db",
          "rds",
          "?data-source data.aws_service_principal.s",
          "?data-source data.aws_ami.x",
          "arn:aws-cn:sns:cn-north-1:123456789012:t",
        ],
      },
    }
  `);
});

test('one account per configuration, unknown or not', () => {
  expect(
    show(`provider "aws" {
  alias = "west"
}
data "aws_caller_identity" "a" {}
data "aws_caller_identity" "b" {}
data "aws_caller_identity" "west" { provider = aws.west }
output "o" {
  value = [data.aws_caller_identity.a.account_id == data.aws_caller_identity.b.account_id, data.aws_caller_identity.a.account_id == data.aws_caller_identity.west.account_id]
}
`),
  ).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "outputs": {
        "o": [
          true,
          "?provider-configuration provider.aws account",
        ],
      },
    }
  `);
});

const vectors: { readonly iam_policy_document: readonly { readonly minified?: string; readonly json?: string }[] } =
  JSON.parse(readFileSync(new URL('../../fixtures/evaluate/terraform-vectors.json', import.meta.url), 'utf8'));

const sources = [
  `data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:Get*", "s3:GetObject"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}`,
  `data "aws_iam_policy_document" "d" {
  statement {
    sid         = "B"
    effect      = "Deny"
    not_actions = ["b", "a"]
    resources   = ["&{aws:username}"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:x"
      values   = ["b", "a"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:y"
      values   = ["1"]
    }
  }
}`,
  `data "aws_iam_policy_document" "d" {
  version = "2008-10-17"
}`,
  `data "aws_iam_policy_document" "base" {
  policy_id = "pid"
  statement {
    sid       = "A"
    actions   = ["s3:Get*"]
    resources = ["*"]
  }
  statement {
    sid       = "B"
    actions   = ["b:1"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["c:1"]
    resources = []
  }
  override_policy_documents = [jsonencode({ Statement = [
    { Sid = "B", Effect = "Deny", Action = "z:*", Resource = "*" },
    { Sid = "N", Effect = "Deny", Action = ["q:1"], Resource = "*" },
  ] })]
}`,
  `data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["b.amazonaws.com", "a.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root"]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    not_principals {
      type        = "AWS"
      identifiers = ["x", "y"]
    }
    condition {
      test     = "StringLike"
      variable = "k"
      values   = ["v1"]
    }
    condition {
      test     = "StringLike"
      variable = "k"
      values   = ["v2", "v0"]
    }
    condition {
      test     = "Bool"
      variable = "b"
      values   = ["false"]
    }
  }
}`,
];

describe('aws_iam_policy_document', () => {
  test.each(vectors.iam_policy_document.map((vector, index) => ({ vector, index })))(
    'vector $index',
    ({ vector, index }) => {
      const { outputs, diagnostics } = evaluateFiles(`${sources[index]}
output "minified" { value = data.aws_iam_policy_document.d.minified_json }
output "json" { value = data.aws_iam_policy_document.d.json }
`);
      expect(diagnostics).toEqual([]);
      if (vector.minified !== undefined) expect(outputs['minified']).toBe(vector.minified);
      if (vector.json !== undefined) expect(outputs['json']).toBe(vector.json);
      expect(JSON.parse(String(outputs['json']))).toEqual(JSON.parse(String(outputs['minified'])));
    },
  );

  test('with what is not known keeps what is', () => {
    const { value, output, diagnostics } = evaluateFiles(`variable "u" {}
variable "docs" { type = list(string) }
data "aws_iam_policy_document" "d" {
  source_policy_documents = var.docs
  statement {
    sid       = "A"
    actions   = ["s3:GetObject"]
    resources = ["\${var.u}/*", "arn:aws:s3:::b"]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [var.u]
    }
  }
  dynamic "statement" {
    for_each = var.u
    content {
      effect  = "Deny"
      actions = [statement.value]
    }
  }
  override_policy_documents = [var.u]
}
resource "aws_s3_bucket_policy" "p" { policy = data.aws_iam_policy_document.d.json }
output "o" { value = data.aws_iam_policy_document.d.json }
`);
    const json = output('o');
    const policy = value('aws_s3_bucket_policy.p', 'policy');
    expect(diagnostics).toEqual([]);
    expect(json.kind === 'unknown' && json.encoded !== undefined ? toPlain(json.encoded) : json).toMatchInlineSnapshot(`
      {
        "Statement": [
          {
            "perhaps": {
              "Action": "s3:GetObject",
              "Condition": {
                "Bool": {
                  "aws:SecureTransport": "?variable-without-value var.u",
                },
              },
              "Effect": "Allow",
              "Resource": [
                "arn:aws:s3:::b",
                "{var.u}/*",
              ],
              "Sid": "A",
            },
          },
          {
            "any-number": {
              "Action": "?variable-without-value var.u",
              "Effect": "Deny",
            },
          },
          "...variable-without-value",
        ],
        "Version": "2012-10-17",
      }
    `);
    expect(policy.kind === 'unknown' && policy.encoded === (json.kind === 'unknown' ? json.encoded : undefined)).toBe(
      true,
    );
  });

  test('through jsonencode, a heredoc and a template', () => {
    expect(
      show({
        'main.tf': `resource "aws_kms_key" "k" {}
locals {
  encoded  = jsonencode({ Statement = [{ Effect = "Allow", Resource = aws_kms_key.k.arn }] })
  heredoc  = <<-EOT
    {"Resource": "\${aws_kms_key.k.arn}"}
  EOT
  template = templatefile("policy.tftpl", { arn = aws_kms_key.k.arn })
}
output "o" { value = [local.encoded, local.heredoc, local.template] }
output "decoded" { value = jsondecode(local.encoded).Statement[0].Effect }
`,
        'policy.tftpl': '{"Resource": "${arn}", "User": "$${aws:username}"}',
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "decoded": "Allow",
          "o": [
            "{"Statement":[{"Effect":"Allow","Resource":"arn:{provider.aws partition}:kms:{provider.aws region}:{provider.aws account}:key/{aws_kms_key.k.key_id}"}]}",
            "{"Resource": "arn:{provider.aws partition}:kms:{provider.aws region}:{provider.aws account}:key/{aws_kms_key.k.key_id}"}
      ",
            "{"Resource": "arn:{provider.aws partition}:kms:{provider.aws region}:{provider.aws account}:key/{aws_kms_key.k.key_id}", "User": "\${aws:username}"}",
          ],
        },
      }
    `);
  });
});

test('local files are read, and nothing outside of the project', () => {
  expect(
    show({
      'main.tf':
        'data "local_file" "a" { filename = "note.txt" }\ndata "local_file" "b" { filename = "/etc/hosts" }\ndata "local_file" "c" { filename = "../x" }\noutput "o" { value = [data.local_file.a.content, data.local_file.b.content, data.local_file.c.content] }\n',
      'note.txt': 'ripe',
    }),
  ).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "file-outside-root main.tf:2:1-2:24 "data.local_file.b" is not read: "/etc/hosts" lies outside the project root.",
        "file-outside-root main.tf:3:1-3:24 "data.local_file.c" is not read: "../x" lies outside the project root.",
      ],
      "outputs": {
        "o": [
          "ripe",
          "?file-outside-root /etc/hosts",
          "?file-outside-root ../x",
        ],
      },
    }
  `);
});

test('data in a check block is no resource', () => {
  const { resources } = evaluateFiles(
    'check "c" {\n  data "aws_region" "r" {}\n  assert {\n    condition     = true\n    error_message = "no"\n  }\n}\n',
  );
  expect(resources).toEqual({});
});
