resource "aws_eip_association" "plain" {
  allocation_id = "eipalloc-0a1b2c3d4e5f60718"
  instance_id   = "i-0a1b2c3d4e5f60718"
}
