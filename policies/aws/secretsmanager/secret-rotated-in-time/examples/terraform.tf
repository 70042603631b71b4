# expect: skip
resource "aws_secretsmanager_secret" "recipe" {
  name = "recipe"
}
