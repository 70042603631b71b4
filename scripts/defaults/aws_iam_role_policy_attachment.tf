resource "aws_iam_role_policy_attachment" "plain" {
  role       = "baker"
  policy_arn = "arn:aws:iam::123456789012:policy/bake"
}
