# expect: fail at rotation
resource "aws_secretsmanager_secret" "still" {
  name = "still"
}

# expect: pass
resource "aws_secretsmanager_secret" "moving" {
  name = "moving"
}

resource "aws_secretsmanager_secret_rotation" "moving" {
  secret_id           = aws_secretsmanager_secret.moving.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}
