resource "aws_kinesis_firehose_delivery_stream" "plain" {
  name        = "harvest"
  destination = "extended_s3"
  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::orchard-harvest"
    role_arn   = "arn:aws:iam::123456789012:role/orchard"
    cloudwatch_logging_options {
    }
  }
  server_side_encryption {
  }
}

resource "aws_kinesis_firehose_delivery_stream" "bread" {
  name        = "frost"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url = "https://orchard.example"
    s3_configuration {
      bucket_arn = "arn:aws:s3:::orchard-frost"
      role_arn   = "arn:aws:iam::123456789012:role/orchard"
    }
  }
}
