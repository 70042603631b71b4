# expect: fail at ingress[0].cidr_block
resource "aws_network_acl" "open" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
    cidr_block = "0.0.0.0/0"
  }
}

# expect: pass
resource "aws_network_acl" "web" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "6"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}

# expect: pass
resource "aws_network_acl" "separate" {
  vpc_id = "vpc-0aa11bb22cc33dd44"
}

# expect: fail
resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.separate.id
  rule_number    = 200
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}

variable "source" {
  type = string
}

# expect: unknown
resource "aws_network_acl" "asked" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = var.source
  }
}

# expect: fail at ingress[0].cidr_block
resource "aws_network_acl" "capital" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 100
    action     = "Allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}

# expect: skip
resource "aws_network_acl" "denied" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 50
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }

  # expect: pass
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 0
    to_port    = 1024
    cidr_block = "0.0.0.0/0"
  }
}

# expect: fail at ingress[1].cidr_block
resource "aws_network_acl" "late" {
  vpc_id = "vpc-0aa11bb22cc33dd44"

  ingress {
    rule_no    = 50
    action     = "deny"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no    = 150
    action     = "deny"
    protocol   = "tcp"
    from_port  = 3389
    to_port    = 3389
    cidr_block = "0.0.0.0/0"
  }
}
