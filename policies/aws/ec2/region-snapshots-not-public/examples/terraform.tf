provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}

provider "aws" {
  alias  = "north"
  region = "eu-north-1"
}

# expect: fail at ebs_snapshot_block_public_access.state
resource "aws_ebs_snapshot_block_public_access" "weak" {
  state = "unblocked"
}

# expect: pass
resource "aws_ebs_snapshot_block_public_access" "strong" {
  provider = aws.west
  state    = "block-all-sharing"
}

variable "asked" {
  type = string
}

# expect: unknown at ebs_snapshot_block_public_access.state
resource "aws_ebs_snapshot_block_public_access" "asked" {
  provider = aws.north
  state    = var.asked
}
