# expect: fail
resource "aws_cloudtrail" "unsaid" {
  name           = "orchard-unsaid"
  s3_bucket_name = "orchard-logs"
}

# expect: fail at is_multi_region_trail
resource "aws_cloudtrail" "off" {
  name                  = "orchard-off"
  s3_bucket_name        = "orchard-logs"
  is_multi_region_trail = false
}

# expect: pass
resource "aws_cloudtrail" "on" {
  name                  = "orchard-on"
  s3_bucket_name        = "orchard-logs"
  is_multi_region_trail = true
}

variable "on" {
  type = bool
}

# expect: unknown at is_multi_region_trail
resource "aws_cloudtrail" "asked" {
  name                  = "orchard-asked"
  s3_bucket_name        = "orchard-logs"
  is_multi_region_trail = var.on
}
