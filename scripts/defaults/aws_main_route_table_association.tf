resource "aws_main_route_table_association" "plain" {
  route_table_id = "rtb-0a1b2c3d4e5f60718"
  vpc_id         = "vpc-0a1b2c3d4e5f60718"
}
