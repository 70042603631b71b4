resource "aws_glue_job" "plain" {
  name     = "harvest"
  role_arn = "arn:aws:iam::123456789012:role/orchard"
  command {
    script_location = "s3://orchard/harvest.py"
  }
}
