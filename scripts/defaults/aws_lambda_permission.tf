resource "aws_lambda_permission" "plain" {
  action        = "lambda:InvokeFunction"
  function_name = "pick"
  principal     = "s3.amazonaws.com"
}
