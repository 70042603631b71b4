resource "aws_iam_account_alias" "plain" {
  account_alias = "bakery"
}
