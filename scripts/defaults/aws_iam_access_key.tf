resource "aws_iam_access_key" "plain" {
  user = "baker"
}
