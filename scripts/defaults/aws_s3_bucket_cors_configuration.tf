resource "aws_s3_bucket_cors_configuration" "plain" {
  bucket = "orchard-apples"
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://orchard.example"]
  }
}
