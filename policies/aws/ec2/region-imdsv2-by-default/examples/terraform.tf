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

# expect: fail at instance_metadata_defaults.http_tokens
resource "aws_ec2_instance_metadata_defaults" "weak" {
  http_tokens = "optional"
}

# expect: pass
resource "aws_ec2_instance_metadata_defaults" "strong" {
  provider    = aws.west
  http_tokens = "required"
}

variable "asked" {
  type = string
}

# expect: unknown at instance_metadata_defaults.http_tokens
resource "aws_ec2_instance_metadata_defaults" "asked" {
  provider    = aws.north
  http_tokens = var.asked
}
