# expect: fail at logging
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: skip
resource "aws_s3_bucket" "logs" {
  bucket = "orchard-logs"
  acl    = "log-delivery-write"
}

# expect: pass
resource "aws_s3_bucket" "recorded" {
  bucket = "orchard-recorded"
}

resource "aws_s3_bucket_logging" "recorded" {
  bucket        = aws_s3_bucket.recorded.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "recorded/"
}

variable "record" {
  type = bool
}

# expect: unknown
resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"
}

resource "aws_s3_bucket_logging" "asked" {
  count = var.record ? 1 : 0

  bucket        = aws_s3_bucket.asked.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "asked/"
}
