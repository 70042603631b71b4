resource "aws_ssm_parameter" "plain" {
  name  = "recipe"
  type  = "String"
  value = "rye"
}

resource "aws_ssm_parameter" "secure" {
  name  = "secret-recipe"
  type  = "SecureString"
  value = "wheat"
}
