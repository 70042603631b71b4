# expect: fail at minimum_password_length
resource "aws_iam_account_password_policy" "short" {
  minimum_password_length = 8
}
