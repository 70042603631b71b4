resource "aws_iam_policy" "plain" {
  name   = "bake"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
