resource "aws_cloudtrail" "all" {
  name                       = "orchard-all"
  s3_bucket_name             = "orchard-logs"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}
