resource "aws_cloudwatch_event_target" "plain" {
  rule = "dawn"
  arn  = "arn:aws:sqs:eu-central-1:123456789012:harvest"
}
