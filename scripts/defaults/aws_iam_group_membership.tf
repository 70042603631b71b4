resource "aws_iam_group_membership" "plain" {
  name  = "bakers"
  group = "bakers"
  users = ["baker"]
}
