resource "aws_sfn_state_machine" "plain" {
  name       = "bread"
  role_arn   = "arn:aws:iam::123456789012:role/bakery"
  definition = aws_sns_topic.plain.arn
}
