resource "aws_ec2_transit_gateway_vpc_attachment" "plain" {
  transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
  vpc_id             = "vpc-0a1b2c3d4e5f60718"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
}
