resource "aws_cloudwatch_event_rule" "plain" {
  name                = "dawn"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_rule" "pattern" {
  name          = "frost"
  event_pattern = jsonencode({ source = ["aws.ec2"] })
}
