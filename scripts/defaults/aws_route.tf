resource "aws_route" "plain" {
  route_table_id         = "rtb-0a1b2c3d4e5f60718"
  destination_cidr_block = "10.1.0.0/16"
  gateway_id             = "igw-0a1b2c3d4e5f60718"
}

resource "aws_route" "other" {
  route_table_id              = "rtb-1a1b2c3d4e5f60718"
  destination_ipv6_cidr_block = "2001:db8::/32"
  egress_only_gateway_id      = "eigw-0a1b2c3d4e5f60718"
}
