resource "aws_secretsmanager_secret" "plain" {
  name = "recipe"
}

resource "aws_secretsmanager_secret" "replicated" {
  name = "recipe-copy"
  replica {
    region = "eu-west-1"
  }
}
