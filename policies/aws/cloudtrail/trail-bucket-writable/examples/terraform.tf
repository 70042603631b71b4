# expect: fail
resource "aws_cloudtrail" "bare" {
  name           = "orchard-bare"
  s3_bucket_name = aws_s3_bucket.bare.id
}

resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_cloudtrail" "open" {
  name           = "orchard-open"
  s3_bucket_name = aws_s3_bucket.open.id
}

resource "aws_s3_bucket" "open" {
  bucket = "orchard-open"
}

resource "aws_s3_bucket_policy" "open" {
  bucket = aws_s3_bucket.open.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.open.arn}/AWSLogs/*"
    }]
  })
}

# expect: unknown
resource "aws_cloudtrail" "away" {
  name           = "orchard-away"
  s3_bucket_name = "market-logs"
}
