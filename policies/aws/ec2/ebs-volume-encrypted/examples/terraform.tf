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

# It is as encrypted as the snapshot.
# expect: unknown at encrypted
resource "aws_ebs_volume" "restored" {
  availability_zone = "eu-central-1a"
  snapshot_id       = "snap-0123456789abcdef0"
}
