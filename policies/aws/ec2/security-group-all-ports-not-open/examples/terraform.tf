# expect: fail at ingress[0].cidr_ipv4
resource "aws_security_group" "all" {
  name = "bakery-all"

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: fail
resource "aws_security_group" "tcp" {
  name = "bakery-tcp"

  ingress {
    from_port        = 0
    to_port          = 65535
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"]
  }
}

# expect: pass
resource "aws_security_group" "web" {
  name = "bakery-web"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: pass
resource "aws_security_group" "inside" {
  name = "bakery-inside"

  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "all"
    self      = true
  }
}

variable "protocol" {
  type = string
}

# expect: unknown
resource "aws_security_group" "asked" {
  name = "bakery-asked"

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = var.protocol
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: fail at ingress[0].cidr_ipv4
resource "aws_security_group" "from_one" {
  ingress {
    protocol    = "tcp"
    from_port   = 1
    to_port     = 65535
    cidr_blocks = ["0.0.0.0/0"]
  }
}
