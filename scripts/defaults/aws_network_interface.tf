resource "aws_network_interface" "plain" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
