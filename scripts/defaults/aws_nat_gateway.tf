resource "aws_nat_gateway" "plain" {
  subnet_id     = "subnet-0a1b2c3d4e5f60718"
  allocation_id = "eipalloc-0a1b2c3d4e5f60718"
}

resource "aws_nat_gateway" "private" {
  subnet_id         = "subnet-1a1b2c3d4e5f60718"
  connectivity_type = "private"
}
