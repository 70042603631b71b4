resource "aws_default_route_table" "plain" {
  default_route_table_id = "rtb-0a1b2c3d4e5f60718"
}
