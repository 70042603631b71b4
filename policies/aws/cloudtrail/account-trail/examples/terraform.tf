# expect: no fail because code shows one part of an account, and another part may have the trail
# expect: no unknown because what code does not show of an account is skipped

resource "aws_cloudtrail" "all" {
  name                       = "orchard-all"
  s3_bucket_name             = "orchard-logs"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}
