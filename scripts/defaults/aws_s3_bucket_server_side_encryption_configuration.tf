resource "aws_s3_bucket_server_side_encryption_configuration" "plain" {
  bucket = "orchard-apples"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
