# expect: fail at enable_logging
resource "aws_cloudtrail" "off" {
  name           = "orchard-off"
  s3_bucket_name = "orchard-logs"
  enable_logging = false
}

# expect: pass
resource "aws_cloudtrail" "on" {
  name           = "orchard-on"
  s3_bucket_name = "orchard-logs"
}

variable "logging" {
  type = bool
}

# expect: unknown at enable_logging
resource "aws_cloudtrail" "asked" {
  name           = "orchard-asked"
  s3_bucket_name = "orchard-logs"
  enable_logging = var.logging
}
