resource "aws_api_gateway_stage" "plain" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "a1b2c3"
  stage_name    = "fresh"
  canary_settings {
    deployment_id = "a1b2c3"
  }
}

resource "aws_api_gateway_stage" "bare" {
  rest_api_id   = "orchard"
  deployment_id = "harvest"
  stage_name    = "bare"
}
