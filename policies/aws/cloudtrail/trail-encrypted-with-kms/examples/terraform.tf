# expect: fail at kms_key_id
resource "aws_cloudtrail" "plain" {
  name           = "orchard-plain"
  s3_bucket_name = "orchard-logs"
}

# expect: pass
resource "aws_cloudtrail" "sealed" {
  name           = "orchard-sealed"
  s3_bucket_name = "orchard-logs"
  kms_key_id     = "arn:aws:kms:eu-west-1:123456789012:key/0a"
}

variable "key" {
  type = string
}

# expect: unknown at kms_key_id
resource "aws_cloudtrail" "asked" {
  name           = "orchard-asked"
  s3_bucket_name = "orchard-logs"
  kms_key_id     = var.key
}
