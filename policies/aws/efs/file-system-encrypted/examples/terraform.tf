# expect: fail
resource "aws_efs_file_system" "unsaid" {
  creation_token = "flour-unsaid"
}

# expect: fail at encrypted
resource "aws_efs_file_system" "plain" {
  creation_token = "flour-plain"
  encrypted      = false
}

# expect: pass
resource "aws_efs_file_system" "encrypted" {
  creation_token = "flour"
  encrypted      = true
}

variable "encrypted" {
  type = bool
}

# expect: unknown at encrypted
resource "aws_efs_file_system" "asked" {
  creation_token = "flour-asked"
  encrypted      = var.encrypted
}
