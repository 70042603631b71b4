# expect: fail
resource "aws_instance" "unsaid" {
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"
}

# expect: fail at metadata_options.http_tokens
resource "aws_instance" "optional" {
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}

# expect: pass
resource "aws_instance" "required" {
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "required"
  }
}

# expect: pass
resource "aws_instance" "disabled" {
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = "disabled"
  }
}

variable "tokens" {
  type = string
}

# expect: unknown at metadata_options.http_tokens
resource "aws_instance" "asked" {
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = var.tokens
  }
}

provider "aws" {
  alias  = "strict"
  region = "eu-north-1"
}

resource "aws_ec2_instance_metadata_defaults" "strict" {
  provider    = aws.strict
  http_tokens = "required"
}

# expect: pass
resource "aws_instance" "strict" {
  provider      = aws.strict
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"
}

# expect: fail at metadata_options.http_tokens
resource "aws_instance" "lax" {
  provider      = aws.strict
  ami           = "ami-0aa11bb22cc33dd44"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}
