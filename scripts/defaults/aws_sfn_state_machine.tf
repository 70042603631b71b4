resource "aws_sfn_state_machine" "plain" {
  name       = "bread"
  role_arn   = "arn:aws:iam::123456789012:role/bakery"
  definition = aws_sns_topic.plain.arn
}

resource "aws_sfn_state_machine" "watched" {
  name       = "rolls"
  role_arn   = "arn:aws:iam::123456789012:role/bakery"
  definition = aws_sns_topic.plain.arn
  encryption_configuration {
  }
  logging_configuration {
  }
  tracing_configuration {
  }
}
