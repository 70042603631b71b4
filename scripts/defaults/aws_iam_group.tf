resource "aws_iam_group" "plain" {
  name = "bakers"
}
