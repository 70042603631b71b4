resource "aws_ebs_default_kms_key" "plain" {
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"
}
