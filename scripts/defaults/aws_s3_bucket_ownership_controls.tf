resource "aws_s3_bucket_ownership_controls" "plain" {
  bucket = "orchard-apples"
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}
