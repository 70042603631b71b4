resource "aws_kms_key_policy" "plain" {
  key_id = "0a1b2c3d-1111-2222-3333-444455556666"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
