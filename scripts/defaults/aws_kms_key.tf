resource "aws_kms_key" "plain" {
}

resource "aws_kms_key" "other" {
  description = "orchard"
}

resource "aws_kms_key" "asymmetric" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
  multi_region             = true
}
