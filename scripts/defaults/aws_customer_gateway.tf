resource "aws_customer_gateway" "plain" {
  type       = "ipsec.1"
  ip_address = "203.0.113.7"
  bgp_asn    = 65000
}
