# expect: fail at authorization_type
resource "aws_lambda_function_url" "open" {
  function_name      = "knead"
  authorization_type = "NONE"
}

# expect: pass
resource "aws_lambda_function_url" "signed" {
  function_name      = "bake"
  authorization_type = "AWS_IAM"
}

variable "authorization" {
  type = string
}

# expect: unknown at authorization_type
resource "aws_lambda_function_url" "asked" {
  function_name      = "asked"
  authorization_type = var.authorization
}
