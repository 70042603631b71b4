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

# expect: fail at serial_console_access.enabled
resource "aws_ec2_serial_console_access" "weak" {
  enabled = true
}

# expect: pass
resource "aws_ec2_serial_console_access" "strong" {
  provider = aws.west
  enabled  = false
}

variable "asked" {
  type = bool
}

# expect: unknown at serial_console_access.enabled
resource "aws_ec2_serial_console_access" "asked" {
  provider = aws.north
  enabled  = var.asked
}
