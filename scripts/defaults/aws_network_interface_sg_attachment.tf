resource "aws_network_interface_sg_attachment" "plain" {
  network_interface_id = "eni-0a1b2c3d4e5f60718"
  security_group_id    = "sg-0a1b2c3d4e5f60718"
}
