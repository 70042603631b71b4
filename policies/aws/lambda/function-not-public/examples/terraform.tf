# expect: pass
resource "aws_lambda_function" "knead" {
  function_name = "knead"
  role          = "arn:aws:iam::111122223333:role/baker"
}

# expect: fail
resource "aws_lambda_permission" "open" {
  function_name = aws_lambda_function.knead.function_name
  action        = "lambda:InvokeFunction"
  principal     = "*"
}

# expect: pass
resource "aws_lambda_function" "bake" {
  function_name = "bake"
  role          = "arn:aws:iam::111122223333:role/baker"
}

resource "aws_lambda_permission" "events" {
  function_name = aws_lambda_function.bake.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-central-1:111122223333:rule/morning"
}

resource "aws_lambda_permission" "organisation" {
  function_name    = aws_lambda_function.bake.function_name
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}

variable "principal" {
  type = string
}

# expect: pass
resource "aws_lambda_function" "asked" {
  function_name = "asked"
  role          = "arn:aws:iam::111122223333:role/baker"
}

# expect: unknown
resource "aws_lambda_permission" "asked" {
  function_name = aws_lambda_function.asked.function_name
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}
