# expect: fail
resource "aws_sns_topic" "inline" {
  name = "crumbs-inline"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }]
  })
}

# expect: pass
resource "aws_sns_topic" "own" {
  name = "crumbs-own"
}

# expect: pass
resource "aws_sns_topic" "bucket" {
  name = "crumbs-bucket"
}

resource "aws_sns_topic_policy" "bucket" {
  arn = aws_sns_topic.bucket.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:::orchard-*" } }
    }]
  })
}

variable "principal" {
  type = string
}

# expect: unknown
resource "aws_sns_topic" "asked" {
  name = "crumbs-asked"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = var.principal }, Action = "sns:Publish", Resource = "*" }]
  })
}
