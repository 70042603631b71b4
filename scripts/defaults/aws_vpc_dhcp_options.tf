resource "aws_vpc_dhcp_options" "plain" {
  domain_name = "orchard.example"
}
