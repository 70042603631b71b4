resource "aws_api_gateway_deployment" "plain" {
  rest_api_id = "a1b2c3d4e5"
}
