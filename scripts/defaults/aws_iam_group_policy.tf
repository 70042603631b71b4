resource "aws_iam_group_policy" "plain" {
  group  = "bakers"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
