resource "aws_vpn_connection" "plain" {
  customer_gateway_id = "cgw-0a1b2c3d4e5f60718"
  type                = "ipsec.1"
  vpn_gateway_id      = "vgw-0a1b2c3d4e5f60718"
}
