# expect: fail
resource "aws_launch_template" "unsaid" {
  name          = "orchard"
  instance_type = "t3.micro"
}

# expect: fail at metadata_options.http_tokens
resource "aws_launch_template" "optional" {
  name          = "orchard"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}

# expect: pass
resource "aws_launch_template" "required" {
  name          = "orchard"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "required"
  }
}

# expect: pass
resource "aws_launch_template" "disabled" {
  name          = "orchard"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = "disabled"
  }
}

variable "tokens" {
  type = string
}

# expect: unknown at metadata_options.http_tokens
resource "aws_launch_template" "asked" {
  name          = "orchard"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = var.tokens
  }
}

# expect: fail at metadata_options.http_tokens
resource "aws_launch_configuration" "optional" {
  image_id      = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "optional"
  }
}

# expect: fail
resource "aws_launch_configuration" "silent" {
  image_id      = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
}

# expect: pass
resource "aws_launch_configuration" "tokens" {
  image_id      = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "required"
  }
}
