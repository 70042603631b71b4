resource "aws_s3_bucket_analytics_configuration" "plain" {
  bucket = "orchard-apples"
  name   = "ripeness"
  storage_class_analysis {
    data_export {
      destination {
        s3_bucket_destination {
          bucket_arn = "arn:aws:s3:::orchard-analytics"
        }
      }
    }
  }
}
