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

# expect: fail at ebs_encryption_by_default.enabled
resource "aws_ebs_encryption_by_default" "weak" {
  enabled = false
}

# expect: pass
resource "aws_ebs_encryption_by_default" "strong" {
  provider = aws.west
  enabled  = true
}

variable "asked" {
  type = bool
}

# expect: unknown at ebs_encryption_by_default.enabled
resource "aws_ebs_encryption_by_default" "asked" {
  provider = aws.north
  enabled  = var.asked
}
