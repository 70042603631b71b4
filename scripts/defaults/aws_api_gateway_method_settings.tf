resource "aws_api_gateway_method_settings" "plain" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "fresh"
  method_path = "*/*"
  settings {
  }
}
