resource "aws_kms_alias" "plain" {
  name          = "alias/orchard"
  target_key_id = "0a1b2c3d-1111-2222-3333-444455556666"
}
