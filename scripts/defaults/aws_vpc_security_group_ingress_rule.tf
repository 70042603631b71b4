resource "aws_vpc_security_group_ingress_rule" "plain" {
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "10.0.0.0/8"
  security_group_id = "sg-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "wide" {
  ip_protocol       = "-1"
  cidr_ipv6         = "2001:db8::/32"
  security_group_id = "sg-0a1b2c3d4e5f60718"
}
