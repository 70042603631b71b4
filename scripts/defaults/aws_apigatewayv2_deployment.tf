resource "aws_apigatewayv2_deployment" "plain" {
  api_id = "a1b2c3d4e5"
}
