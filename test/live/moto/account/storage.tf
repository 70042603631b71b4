locals {
  # Bucket → what it lacks.
  buckets = merge({ for name in ["apple", "pear"] : name => "" }, {
    plain     = "kms"
    unlogged  = "logging"
    unblocked = "block"
    public    = "private"
    cleartext = "tls"
    forgetful = "versioning"
  })
  open = toset(["unblocked", "public"])
}

resource "aws_s3_bucket" "logs" {
  bucket = "harvest-logs"
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_logging" "logs" {
  bucket        = aws_s3_bucket.logs.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "own/"
  depends_on    = [aws_s3_bucket_policy.logs]
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # moto reads no principal that is a text here.
      { Sid = "Tls", Effect = "Deny", Principal = { AWS = "*" }, Action = "s3:*", Resource = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } },
      { Sid = "Acl", Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:GetBucketAcl", Resource = aws_s3_bucket.logs.arn },
      { Sid = "Logs", Effect = "Allow", Principal = { Service = "logging.s3.amazonaws.com" }, Action = ["s3:PutObject"], Resource = "${aws_s3_bucket.logs.arn}/*" },
      { Sid = "Trail", Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:PutObject", Resource = "${aws_s3_bucket.logs.arn}/AWSLogs/*" },
    ]
  })
}

resource "aws_s3_bucket" "harvest" {
  for_each = local.buckets
  bucket   = "harvest-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "harvest" {
  for_each                = { for name, lacks in local.buckets : name => lacks if !contains(local.open, name) }
  bucket                  = aws_s3_bucket.harvest[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "harvest" {
  for_each = { for name, lacks in local.buckets : name => lacks if lacks != "versioning" }
  bucket   = aws_s3_bucket.harvest[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "harvest" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.harvest[each.key].id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = each.value == "kms" ? "AES256" : "aws:kms"
    }
  }
}

resource "aws_s3_bucket_logging" "harvest" {
  for_each      = { for name, lacks in local.buckets : name => lacks if lacks != "logging" }
  bucket        = aws_s3_bucket.harvest[each.key].id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "${each.key}/"
  depends_on    = [aws_s3_bucket_policy.logs]
}

resource "aws_s3_bucket_policy" "harvest" {
  for_each = { for name, lacks in local.buckets : name => lacks if lacks != "tls" }
  bucket   = aws_s3_bucket.harvest[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Sid = "Tls", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.harvest[each.key].arn, "${aws_s3_bucket.harvest[each.key].arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }],
      each.value == "private" ? [{ Sid = "Anyone", Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = ["${aws_s3_bucket.harvest[each.key].arn}/*"], Condition = {} }] : [],
    )
  })
}

resource "aws_dynamodb_table" "ledger" {
  for_each     = toset(["crates", "weights"])
  name         = "ledger-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = each.key == "crates"
  }
}

resource "aws_ecr_repository" "press" {
  for_each             = toset(["cider", "unscanned", "mutable"])
  name                 = "press-${each.key}"
  image_tag_mutability = each.key == "mutable" ? "MUTABLE" : "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = each.key != "unscanned"
  }
}
