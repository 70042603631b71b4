resource "aws_apigatewayv2_authorizer" "plain" {
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]
  name             = "baker"
  jwt_configuration {
    audience = ["bread"]
    issuer   = "https://bakery.example"
  }
}

resource "aws_apigatewayv2_authorizer" "request" {
  api_id          = "b1b2c3d4e5"
  authorizer_type = "REQUEST"
  name            = "guard"
  authorizer_uri  = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:bake/invocations"
}
