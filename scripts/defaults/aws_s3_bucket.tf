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

resource "aws_s3_bucket" "granted" {
  bucket = "orchard-cherries"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/s3/LogDelivery"
  }
  object_lock_configuration {
  }
  lifecycle_rule {
    enabled = false
    transition {
      storage_class = "GLACIER"
      days          = 90
    }
    noncurrent_version_transition {
      storage_class = "GLACIER"
      days          = 90
    }
    expiration {
      expired_object_delete_marker = true
    }
  }
  website {
    redirect_all_requests_to = "orchard.example"
  }
}
