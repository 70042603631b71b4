resource "aws_iam_group_policy_attachment" "plain" {
  group      = "bakers"
  policy_arn = "arn:aws:iam::123456789012:policy/bake"
}
