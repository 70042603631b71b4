resource "aws_iam_user_policy_attachment" "plain" {
  user       = "baker"
  policy_arn = "arn:aws:iam::123456789012:policy/bake"
}
