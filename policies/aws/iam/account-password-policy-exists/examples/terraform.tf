provider "aws" {
  region = "eu-central-1"
}

# expect: pass
resource "aws_iam_account_password_policy" "long" {
  minimum_password_length = 16
}
