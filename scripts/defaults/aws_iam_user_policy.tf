resource "aws_iam_user_policy" "plain" {
  user   = "baker"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
