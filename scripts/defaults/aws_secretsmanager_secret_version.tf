resource "aws_secretsmanager_secret_version" "plain" {
  secret_id     = "recipe"
  secret_string = "rye"
}

resource "aws_secretsmanager_secret_version" "binary" {
  secret_id     = "recipe"
  secret_binary = "cnll"
}
