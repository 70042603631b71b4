resource "aws_config_config_rule" "plain" {
  name = "orchard"
  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_VERSIONING_ENABLED"
  }
}
