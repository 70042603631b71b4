# expect: fail at policy
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_s3_bucket" "tls" {
  bucket = "orchard-tls"
}

resource "aws_s3_bucket_policy" "tls" {
  bucket = aws_s3_bucket.tls.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.tls.arn, "${aws_s3_bucket.tls.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# expect: pass
resource "aws_s3_bucket" "document" {
  bucket = "orchard-document"
}

data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.document.arn, "${aws_s3_bucket.document.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "document" {
  bucket = aws_s3_bucket.document.id
  policy = data.aws_iam_policy_document.tls.json
}

resource "aws_s3_bucket" "objects" {
  bucket = "orchard-objects"
}

# expect: fail
resource "aws_s3_bucket_policy" "objects" {
  bucket = aws_s3_bucket.objects.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "${aws_s3_bucket.objects.arn}/*",
        "Condition": { "Bool": { "aws:SecureTransport": "false" } }
      }]
    }
  EOT
}

variable "policy" {
  type = string
}

# expect: unknown at policy
resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"
  policy = var.policy
}
