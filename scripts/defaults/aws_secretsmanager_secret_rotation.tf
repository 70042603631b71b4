resource "aws_secretsmanager_secret_rotation" "plain" {
  secret_id           = "recipe"
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:123456789012:function:bake"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "managed" {
  secret_id = "recipe"
  rotation_rules {
    schedule_expression = "rate(10 days)"
  }
}
