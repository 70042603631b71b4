resource "aws_redshift_logging" "plain" {
  cluster_identifier   = "orchard"
  log_destination_type = "s3"
  bucket_name          = "orchard-logs"
}

resource "aws_redshift_logging" "watched" {
  cluster_identifier   = "pears"
  log_destination_type = "cloudwatch"
  log_exports          = ["userlog"]
}
