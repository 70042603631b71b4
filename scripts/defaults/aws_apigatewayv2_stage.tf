resource "aws_apigatewayv2_stage" "plain" {
  api_id = "a1b2c3d4e5"
  name   = "fresh"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:bakery"
    format          = "$context.requestId"
  }
  default_route_settings {
  }
}

resource "aws_apigatewayv2_stage" "route" {
  api_id = "b1b2c3d4e5"
  name   = "stale"
  route_settings {
    route_key = "GET /bread"
  }
}

resource "aws_apigatewayv2_stage" "socket" {
  api_id = "c1b2c3d4e5"
  name   = "baking"
}
