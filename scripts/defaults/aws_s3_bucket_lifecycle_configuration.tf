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

resource "aws_s3_bucket_lifecycle_configuration" "tagged" {
  bucket = "orchard-plums"
  rule {
    id     = "tagged"
    status = "Enabled"
    filter {
      tag {
        key   = "fruit"
        value = "plum"
      }
    }
    expiration {
      date = "2031-01-01T00:00:00Z"
    }
    transition {
      storage_class = "GLACIER"
      date          = "2030-01-01T00:00:00Z"
    }
    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "GLACIER"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "several" {
  bucket = "orchard-cherries"
  rule {
    id     = "several"
    status = "Enabled"
    filter {
      and {
        tags = {
          fruit = "cherry"
        }
      }
    }
    expiration {
      days = 90
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "sized" {
  bucket = "orchard-quinces"
  rule {
    id     = "sized"
    status = "Enabled"
    filter {
      object_size_greater_than = 500
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }
}
