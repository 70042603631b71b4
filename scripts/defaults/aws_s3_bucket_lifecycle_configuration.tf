resource "aws_s3_bucket_lifecycle_configuration" "plain" {
  bucket = "orchard-apples"
  rule {
    id     = "ripe"
    status = "Enabled"
    filter {
      prefix = "ripe"
    }
    expiration {
      days = 30
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "other" {
  bucket = "orchard-pears"
  rule {
    id     = "unripe"
    status = "Disabled"
    filter {
    }
    expiration {
      expired_object_delete_marker = true
    }
  }
}
