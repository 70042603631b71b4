resource "aws_cloudwatch_composite_alarm" "plain" {
  alarm_name = "cold"
  alarm_rule = "ALARM(frost)"
}
