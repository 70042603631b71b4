resource "aws_api_gateway_rest_api" "plain" {
  name = "bakery"
}
