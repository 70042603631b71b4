# expect: fail at versioning
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_s3_bucket" "kept" {
  bucket = "orchard-kept"
}

resource "aws_s3_bucket_versioning" "kept" {
  bucket = aws_s3_bucket.kept.id

  versioning_configuration {
    status = "Enabled"
  }
}

# expect: fail at versioning.status
resource "aws_s3_bucket" "suspended" {
  bucket = "orchard-suspended"

  versioning {
    enabled = false
  }
}

# expect: pass
resource "aws_s3_bucket" "inline" {
  bucket = "orchard-inline"

  versioning {
    enabled = true
  }
}

variable "keep" {
  type = string
}

resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"
}

# expect: unknown at versioning.status
resource "aws_s3_bucket_versioning" "asked" {
  bucket = aws_s3_bucket.asked.id

  versioning_configuration {
    status = var.keep
  }
}
