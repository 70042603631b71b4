resource "aws_route53_resolver_query_log_config" "plain" {
  name            = "orchard"
  destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:orchard"
}
