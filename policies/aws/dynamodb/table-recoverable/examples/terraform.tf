# expect: fail
resource "aws_dynamodb_table" "unsaid" {
  name         = "loaves-unsaid"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
}

# expect: pass
resource "aws_dynamodb_table" "kept" {
  name         = "loaves-kept"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled = true
  }
}

variable "recover" {
  type = bool
}

# expect: unknown at point_in_time_recovery.enabled
resource "aws_dynamodb_table" "asked" {
  name         = "loaves-asked"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  point_in_time_recovery {
    enabled = var.recover
  }
}
