resource "aws_apigatewayv2_api_mapping" "plain" {
  api_id      = "a1b2c3d4e5"
  domain_name = "bakery.example"
  stage       = "fresh"
}
