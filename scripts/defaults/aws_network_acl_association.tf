resource "aws_network_acl_association" "plain" {
  network_acl_id = "acl-0a1b2c3d4e5f60718"
  subnet_id      = "subnet-0a1b2c3d4e5f60718"
}
