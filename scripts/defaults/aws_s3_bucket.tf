resource "aws_s3_bucket" "plain" {
  bucket = "orchard-apples"
}

resource "aws_s3_bucket" "blocks" {
  bucket = "orchard-pears"
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://orchard.example"]
  }
  lifecycle_rule {
    enabled = true
    expiration {
      days = 30
    }
    noncurrent_version_expiration {
      days = 30
    }
  }
  logging {
    target_bucket = "orchard-logs"
  }
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
  versioning {
  }
  website {
    index_document = "index.html"
  }
}

resource "aws_s3_bucket" "replicated" {
  bucket = "orchard-plums"
  versioning {
    enabled = true
  }
  object_lock_configuration {
    object_lock_enabled = "Enabled"
    rule {
      default_retention {
        mode = "GOVERNANCE"
        days = 7
      }
    }
  }
  replication_configuration {
    role = "arn:aws:iam::123456789012:role/orchard"
    rules {
      status = "Enabled"
      filter {
        prefix = "plums"
      }
      destination {
        bucket = "arn:aws:s3:::orchard-replica"
        metrics {
        }
        replication_time {
        }
      }
    }
  }
}
