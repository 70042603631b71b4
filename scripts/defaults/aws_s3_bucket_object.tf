resource "aws_s3_bucket_object" "plain" {
  bucket  = "orchard-apples"
  key     = "apple.txt"
  content = "red"
}
