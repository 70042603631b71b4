resource "aws_s3_bucket_logging" "plain" {
  bucket        = "orchard-apples"
  target_bucket = "orchard-logs"
  target_prefix = "apples/"
  target_object_key_format {
    simple_prefix {
    }
  }
}

resource "aws_s3_bucket_logging" "bare" {
  bucket        = "orchard-bare"
  target_bucket = "orchard-logs"
  target_prefix = "bare/"
}
