# expect: fail at public_access_block
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_s3_bucket" "closed" {
  bucket = "orchard-closed"
}

resource "aws_s3_bucket_public_access_block" "closed" {
  bucket                  = aws_s3_bucket.closed.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# expect: pass
resource "aws_s3_bucket" "half" {
  bucket = "orchard-half"
}

# expect: fail at public_access_block.block_public_policy
resource "aws_s3_bucket_public_access_block" "half" {
  bucket                  = aws_s3_bucket.half.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}

variable "closed" {
  type = bool
}

# expect: unknown
resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"
}

resource "aws_s3_bucket_public_access_block" "asked" {
  count = var.closed ? 1 : 0

  bucket                  = aws_s3_bucket.asked.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
