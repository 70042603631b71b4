resource "aws_s3_bucket_object_lock_configuration" "plain" {
  bucket = "orchard-apples"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 7
    }
  }
}
