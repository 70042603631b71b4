resource "aws_ecr_repository_policy" "plain" {
  repository = "bakery"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [] })
}
