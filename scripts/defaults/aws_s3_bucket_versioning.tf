resource "aws_s3_bucket_versioning" "plain" {
  bucket = "orchard-apples"
  versioning_configuration {
    status = "Enabled"
  }
}
