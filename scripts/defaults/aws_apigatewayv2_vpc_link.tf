resource "aws_apigatewayv2_vpc_link" "plain" {
  name               = "bakery"
  security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
}
