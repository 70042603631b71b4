# expect: fail
resource "aws_sqs_queue" "inline" {
  name = "crumbs-inline"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }]
  })
}

# expect: pass
resource "aws_sqs_queue" "own" {
  name = "crumbs-own"
}

# expect: pass
resource "aws_sqs_queue" "bucket" {
  name = "crumbs-bucket"
}

resource "aws_sqs_queue_policy" "bucket" {
  queue_url = aws_sqs_queue.bucket.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:::orchard-*" } }
    }]
  })
}

variable "principal" {
  type = string
}

# expect: unknown
resource "aws_sqs_queue" "asked" {
  name = "crumbs-asked"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = var.principal }, Action = "sqs:SendMessage", Resource = "*" }]
  })
}
