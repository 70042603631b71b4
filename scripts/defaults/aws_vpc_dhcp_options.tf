resource "aws_vpc_dhcp_options" "plain" {
  domain_name = "orchard.example"
}

resource "aws_vpc_dhcp_options" "servers" {
  domain_name_servers = ["10.0.0.2"]
}
