import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';
import { toPlain } from '../support/raw-resource.js';

const scopes = (files: Record<string, string> | string) => {
  const { result, diagnostics } = evaluateFiles(files);
  return [
    ...result.resources.map(({ address, scope }) =>
      [
        address,
        scope.provider,
        scope.configuration,
        toPlain(scope.region),
        toPlain(scope.account),
        toPlain(scope.partition),
      ].join(' '),
    ),
    ...diagnostics,
  ];
};

test('a resource lives where its provider configuration says', () => {
  expect(
    scopes({
      'main.tf': `variable "region" {}
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}
provider "aws" {
  alias  = "gov"
  region = "us-gov-west-1"
  assume_role { role_arn = "arn:aws-us-gov:iam::222222222222:role/deploy" }
}
provider "aws" {
  alias  = "var"
  region = var.region
}
provider "google-beta" {}
resource "aws_sqs_queue" "default" {}
resource "aws_sqs_queue" "gov" { provider = aws.gov }
resource "aws_sqs_queue" "var" { provider = aws.var }
resource "aws_sqs_queue" "own" { region = "ap-east-1" }
resource "aws_sqs_queue" "nowhere" { provider = aws.lost }
resource "google_storage_bucket" "g" { provider = google-beta }
module "inherits" { source = "./m" }
module "passed" {
  source    = "./m"
  providers = { aws = aws.gov, aws.other = aws.var }
}
`,
      'm/main.tf': `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.other] }
  }
}
resource "aws_sqs_queue" "default" {}
resource "aws_sqs_queue" "other" { provider = aws.other }
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "aws_sqs_queue.default aws provider.aws eu-west-1 111111111111 aws",
      "aws_sqs_queue.gov aws provider.aws.gov us-gov-west-1 222222222222 aws-us-gov",
      "aws_sqs_queue.var aws provider.aws.var ?variable-without-value var.region ?provider-configuration provider.aws.var account ?provider-configuration provider.aws.var partition",
      "aws_sqs_queue.own aws provider.aws ap-east-1 111111111111 aws",
      "aws_sqs_queue.nowhere aws provider.aws.lost ?provider-configuration provider.aws.lost region ?provider-configuration provider.aws.lost account ?provider-configuration provider.aws.lost partition",
      "google_storage_bucket.g google provider.google-beta ?provider-configuration provider.google-beta region ?provider-configuration provider.google-beta account ?provider-configuration provider.google-beta partition",
      "module.inherits.aws_sqs_queue.default aws provider.aws eu-west-1 111111111111 aws",
      "module.inherits.aws_sqs_queue.other aws module.inherits.provider.aws.other ?provider-configuration module.inherits.provider.aws.other region ?provider-configuration module.inherits.provider.aws.other account ?provider-configuration module.inherits.provider.aws.other partition",
      "module.passed.aws_sqs_queue.default aws provider.aws.gov us-gov-west-1 222222222222 aws-us-gov",
      "module.passed.aws_sqs_queue.other aws provider.aws.var ?variable-without-value var.region ?provider-configuration provider.aws.var account ?provider-configuration provider.aws.var partition",
    ]
  `);
});

test('without any provider block there is one unknown account', () => {
  expect(scopes('resource "aws_sqs_queue" "a" {}\nresource "aws_sqs_queue" "b" {}\n')).toMatchInlineSnapshot(`
    [
      "aws_sqs_queue.a aws provider.aws ?provider-configuration provider.aws region ?provider-configuration provider.aws account ?provider-configuration provider.aws partition",
      "aws_sqs_queue.b aws provider.aws ?provider-configuration provider.aws region ?provider-configuration provider.aws account ?provider-configuration provider.aws partition",
    ]
  `);
});

describe('tags_all', () => {
  const tags = (provider: string, resource: string) => {
    const { resources, outputs, diagnostics } = evaluateFiles(`variable "u" {}
variable "tags" { type = map(string) }
provider "aws" {
  ${provider}
}
resource "aws_sqs_queue" "q" {
  ${resource}
}
output "o" { value = aws_sqs_queue.q.tags_all }
`);
    return { ...resources, ...outputs, diagnostics };
  };
  const defaults = 'default_tags {\n    tags = { Team = "bakers", Crop = "pear" }\n  }';
  test.each([
    ['of the resource alone', '', 'tags = { Name = "q" }'],
    ['of nobody', '', ''],
    ['by default', defaults, ''],
    ['of both, the resource first', defaults, 'tags = { Crop = "plum", Name = null }'],
    ['with an unknown one', defaults, 'tags = { Crop = var.u }'],
    ['with unknown ones', defaults, 'tags = merge(var.tags, { Name = "q" })'],
    ['that are unknown', defaults, 'tags = var.tags'],
    ['with unknown defaults', 'default_tags {\n    tags = var.tags\n  }', 'tags = { Name = "q" }'],
    [
      'without those that are ignored',
      `${defaults}\n  ignore_tags {\n    keys         = ["Crop"]\n    key_prefixes = ["aws:"]\n  }`,
      'tags = { Name = "q", "aws:x" = "y" }',
    ],
    [
      'with defaults that are perhaps there',
      'dynamic "default_tags" {\n    for_each = var.u ? [1] : []\n    content {\n      tags = { Team = "bakers" }\n    }\n  }',
      'tags = { Name = "q" }',
    ],
  ])('%s', (_, provider, resource) => {
    expect(tags(provider, resource)).toMatchSnapshot();
  });
});

test('default tags through two aliases differ in one module', () => {
  const { resources } = evaluateFiles({
    'main.tf': `provider "aws" {
  default_tags { tags = { Team = "bakers" } }
}
provider "aws" {
  alias = "west"
  default_tags { tags = { Team = "growers" } }
}
module "m" {
  source    = "./m"
  providers = { aws = aws, aws.w = aws.west }
}
`,
    'm/main.tf': 'resource "aws_sqs_queue" "a" {}\nresource "aws_sqs_queue" "b" {\n  provider = aws.w\n}\n',
  });
  expect(resources).toEqual({
    'module.m.aws_sqs_queue.a': { tags_all: { Team: 'bakers' } },
    'module.m.aws_sqs_queue.b': { tags_all: { Team: 'growers' } },
  });
});
