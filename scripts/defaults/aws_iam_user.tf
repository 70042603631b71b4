resource "aws_iam_user" "plain" {
  name = "baker"
}
