resource "aws_dms_s3_endpoint" "plain" {
  endpoint_id             = "harvest"
  endpoint_type           = "target"
  bucket_name             = "orchard-harvest"
  service_access_role_arn = "arn:aws:iam::123456789012:role/orchard"
}
