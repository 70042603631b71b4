resource "aws_lambda_function_url" "plain" {
  function_name      = "pick"
  authorization_type = "NONE"
  cors {
  }
}
