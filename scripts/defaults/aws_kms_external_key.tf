resource "aws_kms_external_key" "plain" {
}
