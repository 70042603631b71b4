resource "aws_cloudwatch_event_bus_policy" "plain" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
