resource "aws_api_gateway_method" "plain" {
  rest_api_id   = "a1b2c3d4e5"
  resource_id   = "a1b2c3"
  http_method   = "GET"
  authorization = "NONE"
}
