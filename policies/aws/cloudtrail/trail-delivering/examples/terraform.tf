# expect: skip
resource "aws_cloudtrail" "fine" {
  name           = "orchard-fine"
  s3_bucket_name = "orchard-logs"
}
