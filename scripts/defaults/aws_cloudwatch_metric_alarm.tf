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

resource "aws_cloudwatch_metric_alarm" "query" {
  alarm_name          = "drought"
  comparison_operator = "GreaterThanUpperThreshold"
  evaluation_periods  = 3
  threshold_metric_id = "e1"
  metric_query {
    id          = "e1"
    expression  = "ANOMALY_DETECTION_BAND(m1)"
    return_data = true
  }
}
