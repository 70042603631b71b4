resource "aws_kms_replica_key" "plain" {
  primary_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d111122223333444455556666"
}
