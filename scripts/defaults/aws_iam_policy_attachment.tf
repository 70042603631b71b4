resource "aws_iam_policy_attachment" "plain" {
  users      = ["baker"]
  name       = "bake"
  policy_arn = "arn:aws:iam::123456789012:policy/bake"
}

resource "aws_iam_policy_attachment" "role" {
  name       = "bake-role"
  policy_arn = "arn:aws:iam::123456789012:policy/bake"
  roles      = ["baker"]
}
