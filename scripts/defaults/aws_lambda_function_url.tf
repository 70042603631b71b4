resource "aws_lambda_function_url" "plain" {
  function_name      = "pick"
  authorization_type = "NONE"
  cors {
  }
}

resource "aws_lambda_function_url" "bare" {
  function_name      = "orchard-bare"
  authorization_type = "AWS_IAM"
}
