# expect: fail at encrypted
resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = false
}

# expect: fail
resource "aws_ebs_volume" "unsaid" {
  availability_zone = "eu-central-1a"
  size              = 40
}

# expect: pass
resource "aws_ebs_volume" "encrypted" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = true
}

variable "encrypted" {
  type = bool
}

# expect: unknown at encrypted
resource "aws_ebs_volume" "asked" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = var.encrypted
}
