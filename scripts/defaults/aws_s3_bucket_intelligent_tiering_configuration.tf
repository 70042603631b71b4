resource "aws_s3_bucket_intelligent_tiering_configuration" "plain" {
  bucket = "orchard-apples"
  name   = "ripeness"
  tiering {
    access_tier = "ARCHIVE_ACCESS"
    days        = 125
  }
}
