# expect: fail at ingress
resource "aws_default_security_group" "open" {
  vpc_id = "vpc-0a"

  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}

# expect: pass
resource "aws_default_security_group" "closed" {
  vpc_id = "vpc-0b"
}

# expect: skip
resource "aws_security_group" "gate" {
  name = "gate"
}

variable "gates" {
  type = list(string)
}

# expect: unknown at egress
resource "aws_default_security_group" "asked" {
  vpc_id = "vpc-0c"

  dynamic "egress" {
    for_each = var.gates
    content {
      protocol    = "tcp"
      from_port   = 443
      to_port     = 443
      cidr_blocks = [egress.value]
    }
  }
}
