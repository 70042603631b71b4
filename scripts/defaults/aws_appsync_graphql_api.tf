resource "aws_appsync_graphql_api" "plain" {
  name                = "bakery"
  authentication_type = "API_KEY"
  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::123456789012:role/bakery"
    field_log_level          = "ERROR"
  }
}
