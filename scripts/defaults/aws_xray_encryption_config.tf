resource "aws_xray_encryption_config" "plain" {
  type = "NONE"
}
