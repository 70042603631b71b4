resource "aws_secretsmanager_secret_policy" "plain" {
  secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:recipe"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [] })
}
