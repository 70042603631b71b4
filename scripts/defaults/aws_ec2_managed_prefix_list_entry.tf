resource "aws_ec2_managed_prefix_list_entry" "plain" {
  prefix_list_id = "pl-0a1b2c3d4e5f60718"
  cidr           = "10.0.0.0/8"
}
