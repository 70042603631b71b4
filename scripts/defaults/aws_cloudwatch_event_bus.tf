resource "aws_cloudwatch_event_bus" "plain" {
  name = "orchard"
}
