resource "aws_api_gateway_resource" "plain" {
  rest_api_id = "a1b2c3d4e5"
  parent_id   = "a1b2c3"
  path_part   = "bread"
}
