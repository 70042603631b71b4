resource "aws_s3_bucket_public_access_block" "plain" {
  bucket = "orchard-apples"
}

resource "aws_s3_bucket_public_access_block" "other" {
  bucket = "orchard-pears"
}
