# expect: fail
resource "aws_kms_key" "still" {
  description = "orchard"
}

# expect: fail at enable_key_rotation
resource "aws_kms_key" "off" {
  description         = "orchard"
  enable_key_rotation = false
}

# expect: pass
resource "aws_kms_key" "rotated" {
  description         = "orchard"
  enable_key_rotation = true
}

# expect: skip
resource "aws_kms_key" "signing" {
  description              = "signs loaves"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_4096"
}

variable "rotated" {
  type = bool
}

# expect: unknown at enable_key_rotation
resource "aws_kms_key" "asked" {
  description         = "orchard"
  enable_key_rotation = var.rotated
}

# expect: skip
resource "aws_kms_key" "hardware" {
  description         = "orchard"
  custom_key_store_id = "cks-0aa11bb22cc33dd44"
}
