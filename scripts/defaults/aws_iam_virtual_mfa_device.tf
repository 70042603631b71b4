resource "aws_iam_virtual_mfa_device" "plain" {
  virtual_mfa_device_name = "baker"
}
