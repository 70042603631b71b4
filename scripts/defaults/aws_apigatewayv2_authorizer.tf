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
