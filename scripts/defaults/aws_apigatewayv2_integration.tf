resource "aws_apigatewayv2_integration" "plain" {
  api_id             = "a1b2c3d4e5"
  integration_type   = "HTTP_PROXY"
  integration_method = "GET"
  integration_uri    = "https://bakery.example"
  tls_config {
  }
}

resource "aws_apigatewayv2_integration" "mock" {
  api_id           = "b1b2c3d4e5"
  integration_type = "MOCK"
}
