# expect: fail at acl
resource "aws_s3_bucket" "listed" {
  bucket = "bakery-listed"
  acl    = "public-read"
}

# expect: pass
resource "aws_s3_bucket" "private" {
  bucket = "bakery-private"
}

# expect: pass
resource "aws_s3_bucket" "read" {
  bucket = "bakery-read"
}

# expect: fail
resource "aws_s3_bucket_policy" "read" {
  bucket = aws_s3_bucket.read.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.read.arn}/*"
    }]
  })
}

# expect: pass
resource "aws_s3_bucket" "cdn" {
  bucket = "bakery-cdn"
}

data "aws_iam_policy_document" "cdn" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.cdn.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = ["vpce-0aa11bb22cc33dd44"]
    }
  }
}

resource "aws_s3_bucket_policy" "cdn" {
  bucket = aws_s3_bucket.cdn.id
  policy = data.aws_iam_policy_document.cdn.json
}

variable "acl" {
  type = string
}

# expect: unknown at acl
resource "aws_s3_bucket" "asked" {
  bucket = "bakery-asked"
  acl    = var.acl
}

# expect: pass
resource "aws_s3_bucket" "roles" {
  bucket = "bakery-roles"
}

# expect: fail
resource "aws_s3_bucket_policy" "roles" {
  bucket = aws_s3_bucket.roles.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.roles.arn}/*"
      Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/baker" } }
    }]
  })
}

# expect: pass
resource "aws_s3_bucket" "own" {
  bucket = "bakery-own"
}

resource "aws_s3_bucket_policy" "own" {
  bucket = aws_s3_bucket.own.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.own.arn}/*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.own.arn, "${aws_s3_bucket.own.arn}/*"]
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-0rchard" } }
      },
    ]
  })
}
