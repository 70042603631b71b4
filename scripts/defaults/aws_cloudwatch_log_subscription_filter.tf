resource "aws_cloudwatch_log_subscription_filter" "plain" {
  name            = "frost"
  log_group_name  = "orchard"
  filter_pattern  = "frost"
  destination_arn = "arn:aws:lambda:eu-central-1:123456789012:function:pick"
}
