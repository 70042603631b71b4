resource "aws_s3_bucket_policy" "plain" {
  bucket = "orchard-apples"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
