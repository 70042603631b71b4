resource "aws_route53_query_log" "plain" {
  zone_id                  = "Z0123456789"
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:bakery"
}
