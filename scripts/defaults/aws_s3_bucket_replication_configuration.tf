resource "aws_s3_bucket_replication_configuration" "plain" {
  bucket = "orchard-apples"
  role   = "arn:aws:iam::123456789012:role/orchard"
  rule {
    id     = "ripe"
    status = "Enabled"
    filter {
      prefix = "ripe"
    }
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket = "arn:aws:s3:::orchard-replica"
      metrics {
        status = "Enabled"
      }
    }
  }
}
