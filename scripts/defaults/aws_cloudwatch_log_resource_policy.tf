resource "aws_cloudwatch_log_resource_policy" "plain" {
  policy_name     = "orchard"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
}
