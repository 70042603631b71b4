resource "aws_lambda_layer_version_permission" "plain" {
  action         = "lambda:GetLayerVersion"
  layer_name     = "crates"
  principal      = "123456789012"
  statement_id   = "orchard"
  version_number = 1
}
