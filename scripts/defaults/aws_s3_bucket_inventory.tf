resource "aws_s3_bucket_inventory" "plain" {
  bucket                   = "orchard-apples"
  name                     = "ripeness"
  included_object_versions = "All"
  destination {
    bucket {
      bucket_arn = "arn:aws:s3:::orchard-inventory"
      format     = "CSV"
    }
  }
  schedule {
    frequency = "Daily"
  }
}
