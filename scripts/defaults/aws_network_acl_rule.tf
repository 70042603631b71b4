resource "aws_network_acl_rule" "plain" {
  network_acl_id = "acl-0a1b2c3d4e5f60718"
  protocol       = "tcp"
  rule_action    = "allow"
  rule_number    = 100
  cidr_block     = "10.0.0.0/8"
  from_port      = 22
  to_port        = 22
}

resource "aws_network_acl_rule" "wide" {
  network_acl_id  = "acl-0a1b2c3d4e5f60718"
  protocol        = "-1"
  rule_action     = "deny"
  rule_number     = 200
  ipv6_cidr_block = "2001:db8::/32"
}
