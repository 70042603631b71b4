resource "aws_iam_role_policy" "plain" {
  role   = "baker"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
