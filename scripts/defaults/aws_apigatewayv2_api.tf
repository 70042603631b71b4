resource "aws_apigatewayv2_api" "plain" {
  name          = "bakery"
  protocol_type = "HTTP"
  cors_configuration {
  }
}

resource "aws_apigatewayv2_api" "socket" {
  name                       = "bakery-socket"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}
