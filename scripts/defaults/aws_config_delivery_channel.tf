resource "aws_config_delivery_channel" "plain" {
  s3_bucket_name = "orchard-config"
}
