resource "aws_cloudwatch_log_stream" "plain" {
  name           = "frost"
  log_group_name = "orchard"
}
