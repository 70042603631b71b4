resource "aws_iam_user_group_membership" "plain" {
  user   = "baker"
  groups = ["bakers"]
}
