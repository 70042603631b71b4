resource "aws_ec2_managed_prefix_list" "plain" {
  name           = "orchard"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "10.0.0.0/8"
  }
}
