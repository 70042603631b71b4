resource "aws_s3_bucket_object" "plain" {
  bucket  = "orchard-apples"
  key     = "apple.txt"
  content = "red"
}

resource "aws_s3_bucket_object" "copied" {
  bucket         = "orchard-pears"
  key            = "pear.txt"
  content_base64 = "cmVk"
}
