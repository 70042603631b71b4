resource "aws_route_table_association" "plain" {
  route_table_id = "rtb-0a1b2c3d4e5f60718"
  subnet_id      = "subnet-0a1b2c3d4e5f60718"
}

resource "aws_route_table_association" "gateway" {
  route_table_id = "rtb-0a1b2c3d4e5f60718"
  gateway_id     = "igw-0a1b2c3d4e5f60718"
}
