resource "aws_lambda_alias" "plain" {
  name             = "ripe"
  function_name    = "pick"
  function_version = "1"
}
