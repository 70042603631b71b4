# expect: fail at ingress[0].cidr_ipv4
resource "aws_security_group" "open" {
  name = "orchard-open"

  ingress {
    description = "remote"
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: fail at ingress[1].cidr_ipv6
resource "aws_security_group" "range" {
  name = "orchard-range"

  ingress {
    from_port        = 3387
    to_port          = 3391
    protocol         = "6"
    cidr_blocks      = ["10.0.0.0/8"]
    ipv6_cidr_blocks = ["::/0"]
  }
}

# expect: fail
resource "aws_security_group" "all" {
  name = "orchard-all"

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: pass
resource "aws_security_group" "office" {
  name = "orchard-office"

  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["198.51.100.0/24"]
  }

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# expect: pass
resource "aws_security_group" "separate" {
  name = "orchard-separate"
}

# expect: fail at cidr_ipv4
resource "aws_vpc_security_group_ingress_rule" "remote" {
  security_group_id = aws_security_group.separate.id
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "0.0.0.0/0"
}

variable "outside_group" {
  type = string
}

# expect: fail
resource "aws_security_group_rule" "outside" {
  type              = "ingress"
  security_group_id = var.outside_group
  from_port         = 3389
  to_port           = 3389
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}

variable "who" {
  type = string
}

# expect: unknown at ingress[0].cidr_ipv4
resource "aws_security_group" "asked" {
  name = "orchard-asked"

  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = [var.who]
  }
}

# expect: pass
resource "aws_security_group" "own_network" {
  name = "orchard-own-network"

  ingress {
    from_port        = 3389
    to_port          = 3389
    protocol         = "tcp"
    cidr_blocks      = [data.aws_vpc.orchard.cidr_block, data.aws_subnet.orchard.cidr_block]
    ipv6_cidr_blocks = [data.aws_vpc.orchard.ipv6_cidr_block]
  }
}

data "aws_vpc" "orchard" {
  tags = { Name = "orchard" }
}

data "aws_subnet" "orchard" {
  id = "subnet-0a1b2c3d4e5f60718"
}
