resource "aws_api_gateway_integration" "plain" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "a1b2c3"
  http_method             = "GET"
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://bakery.example"
  tls_config {
  }
}

resource "aws_api_gateway_integration" "mock" {
  rest_api_id = "a1b2c3d4e5"
  resource_id = "b1b2c3"
  http_method = "POST"
  type        = "MOCK"
}
