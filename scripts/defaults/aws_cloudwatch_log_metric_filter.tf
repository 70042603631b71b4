resource "aws_cloudwatch_log_metric_filter" "plain" {
  name           = "frost"
  log_group_name = "orchard"
  pattern        = "frost"
  metric_transformation {
    name      = "frost"
    namespace = "Orchard"
    value     = "1"
  }
}
