resource "aws_kms_key" "other" {
  description = "orchard"
}
