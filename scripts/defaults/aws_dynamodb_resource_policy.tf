resource "aws_dynamodb_resource_policy" "plain" {
  resource_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/orchard"
  policy       = jsonencode({ Version = "2012-10-17", Statement = [] })
}
