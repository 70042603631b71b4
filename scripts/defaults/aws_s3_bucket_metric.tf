resource "aws_s3_bucket_metric" "plain" {
  bucket = "orchard-apples"
  name   = "ripeness"
  filter {
    prefix = "ripe"
  }
}

resource "aws_s3_bucket_metric" "bare" {
  bucket = "orchard-bare"
  name   = "whole"
}
