resource "aws_cloudwatch_metric_alarm" "plain" {
  alarm_name          = "frost"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 2
  metric_name         = "celsius"
  namespace           = "Orchard"
  period              = 120
  statistic           = "Average"
  threshold           = 3
}
