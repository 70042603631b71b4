resource "aws_api_gateway_authorizer" "plain" {
  name           = "baker"
  rest_api_id    = "a1b2c3d4e5"
  authorizer_uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:bake/invocations"
}

resource "aws_api_gateway_authorizer" "pool" {
  name          = "pool"
  rest_api_id   = "a1b2c3d4e5"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Bakery"]
}
