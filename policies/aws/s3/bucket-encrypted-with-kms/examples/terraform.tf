# expect: fail at server_side_encryption_configuration
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_s3_bucket" "kms" {
  bucket = "orchard-kms"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "kms" {
  bucket = aws_s3_bucket.kms.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

# expect: fail at server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm
resource "aws_s3_bucket" "aes" {
  bucket = "orchard-aes"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

variable "algorithm" {
  type = string
}

# expect: unknown
resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = var.algorithm
      }
    }
  }
}
