resource "aws_cloudwatch_dashboard" "plain" {
  dashboard_name = "orchard"
  dashboard_body = "{}"
}
