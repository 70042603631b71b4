resource "aws_scheduler_schedule" "plain" {
  name                = "dawn"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:eu-central-1:123456789012:harvest"
    role_arn = "arn:aws:iam::123456789012:role/orchard"
  }
}
