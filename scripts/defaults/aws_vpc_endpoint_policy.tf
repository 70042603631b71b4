resource "aws_vpc_endpoint_policy" "plain" {
  vpc_endpoint_id = "vpce-0a1b2c3d4e5f60718"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [] })
}
