resource "aws_lambda_function" "plain" {
  function_name = "pick"
  role          = "arn:aws:iam::123456789012:role/orchard"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  s3_bucket     = "orchard-code"
  s3_key        = "pick.zip"
}

resource "aws_lambda_function" "blocks" {
  function_name = "sort"
  role          = "arn:aws:iam::123456789012:role/orchard"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sort:1"
  ephemeral_storage {
  }
  environment {
  }
  logging_config {
    log_format = "JSON"
  }
  tracing_config {
    mode = "Active"
  }
  vpc_config {
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
  }
}
