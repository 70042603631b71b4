resource "aws_apigatewayv2_route" "plain" {
  api_id    = "a1b2c3d4e5"
  route_key = "GET /bread"
}

resource "aws_apigatewayv2_route" "socket" {
  api_id    = "b1b2c3d4e5"
  route_key = "$connect"
}
