resource "aws_ecr_registry_policy" "plain" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
