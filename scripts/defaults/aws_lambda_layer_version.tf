resource "aws_lambda_layer_version" "plain" {
  layer_name = "crates"
  s3_bucket  = "orchard-code"
  s3_key     = "crates.zip"
}

resource "aws_lambda_layer_version" "file" {
  layer_name = "boxes"
  filename   = "boxes.zip"
}
