resource "aws_s3_bucket_accelerate_configuration" "plain" {
  bucket = "orchard-apples"
  status = "Enabled"
}
