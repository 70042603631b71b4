resource "aws_default_network_acl" "plain" {
  default_network_acl_id = "acl-0a1b2c3d4e5f60718"
}

resource "aws_default_network_acl" "rules" {
  default_network_acl_id = "acl-1a1b2c3d4e5f60718"
  ingress {
    action     = "allow"
    from_port  = 22
    to_port    = 22
    protocol   = "tcp"
    rule_no    = 100
    cidr_block = "10.0.0.0/8"
  }
}

resource "aws_default_network_acl" "outgoing" {
  default_network_acl_id = "acl-2a1b2c3d4e5f60718"
  egress {
    action          = "deny"
    from_port       = 0
    to_port         = 0
    protocol        = "-1"
    rule_no         = 200
    ipv6_cidr_block = "2001:db8::/32"
  }
  ingress {
    action          = "deny"
    from_port       = 0
    to_port         = 0
    protocol        = "-1"
    rule_no         = 300
    ipv6_cidr_block = "2001:db8::/32"
  }
}
