resource "aws_s3_access_point" "plain" {
  bucket = "orchard-apples"
  name   = "apples"
  public_access_block_configuration {
  }
}
