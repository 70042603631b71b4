import { expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';

test('an identity provider is named by its URL, without the scheme, also when it is looked up', () => {
  const { outputs } = evaluateFiles(`provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
variable "issuer" { type = string }
resource "aws_iam_openid_connect_provider" "git" {
  url            = "https://git.example"
  client_id_list = ["bakery"]
}
resource "aws_iam_openid_connect_provider" "asked" {
  url            = "https://\${var.issuer}/orchard"
  client_id_list = ["bakery"]
}
resource "aws_iam_openid_connect_provider" "open" {
  url            = var.issuer
  client_id_list = ["bakery"]
}
resource "aws_iam_saml_provider" "people" {
  name                   = "bakers"
  saml_metadata_document = "<xml/>"
}
data "aws_iam_openid_connect_provider" "git" { url = "https://git.example" }
data "aws_iam_openid_connect_provider" "by_arn" { arn = var.issuer }
output "o" {
  value = [
    aws_iam_openid_connect_provider.git.arn, aws_iam_openid_connect_provider.git.id, aws_iam_openid_connect_provider.asked.arn,
    aws_iam_openid_connect_provider.open.arn, aws_iam_openid_connect_provider.open.arn == "arn:aws:iam::123456789012:oidc-provider/\${var.issuer}",
    aws_iam_saml_provider.people.id, data.aws_iam_openid_connect_provider.git.arn, data.aws_iam_openid_connect_provider.by_arn.arn,
  ]
}
`);
  expect(outputs).toMatchInlineSnapshot(`
    {
      "o": [
        "arn:aws:iam::123456789012:oidc-provider/git.example",
        "arn:aws:iam::123456789012:oidc-provider/git.example",
        "arn:aws:iam::123456789012:oidc-provider/{var.issuer}/orchard",
        "arn:aws:iam::123456789012:oidc-provider/{var.issuer}",
        "?variable-without-value var.issuer",
        "arn:aws:iam::123456789012:saml-provider/bakers",
        "arn:aws:iam::123456789012:oidc-provider/git.example",
        "?variable-without-value var.issuer",
      ],
    }
  `);
});

test('what is required is not null', () => {
  const { outputs } = evaluateFiles(`variable "logs" { type = string }
resource "aws_s3_bucket_logging" "l" {
  bucket        = "orchard"
  target_bucket = var.logs
  target_prefix = "log/"
  expected_bucket_owner = var.logs
}
output "o" { value = [aws_s3_bucket_logging.l.target_bucket == null, aws_s3_bucket_logging.l.expected_bucket_owner == null] }
`);
  expect(outputs).toMatchInlineSnapshot(`
    {
      "o": [
        false,
        "?variable-without-value var.logs",
      ],
    }
  `);
});
