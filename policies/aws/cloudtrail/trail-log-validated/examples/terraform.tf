# expect: fail
resource "aws_cloudtrail" "unsaid" {
  name           = "orchard-unsaid"
  s3_bucket_name = "orchard-logs"
}

# expect: fail at enable_log_file_validation
resource "aws_cloudtrail" "off" {
  name                       = "orchard-off"
  s3_bucket_name             = "orchard-logs"
  enable_log_file_validation = false
}

# expect: pass
resource "aws_cloudtrail" "on" {
  name                       = "orchard-on"
  s3_bucket_name             = "orchard-logs"
  enable_log_file_validation = true
}

variable "on" {
  type = bool
}

# expect: unknown at enable_log_file_validation
resource "aws_cloudtrail" "asked" {
  name                       = "orchard-asked"
  s3_bucket_name             = "orchard-logs"
  enable_log_file_validation = var.on
}
