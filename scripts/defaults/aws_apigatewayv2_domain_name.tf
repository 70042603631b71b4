resource "aws_apigatewayv2_domain_name" "plain" {
  domain_name = "bakery.example"
  domain_name_configuration {
    certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}
