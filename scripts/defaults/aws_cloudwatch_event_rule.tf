resource "aws_cloudwatch_event_rule" "plain" {
  name                = "dawn"
  schedule_expression = "rate(1 day)"
}
