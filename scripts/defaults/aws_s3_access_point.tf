resource "aws_s3_access_point" "plain" {
  bucket = "orchard-apples"
  name   = "apples"
}

resource "aws_s3_access_point" "blocks" {
  bucket = "orchard-pears"
  name   = "pears"
  public_access_block_configuration {
  }
}
