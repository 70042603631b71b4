resource "aws_api_gateway_domain_name" "plain" {
  domain_name     = "bakery.example"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
}

resource "aws_api_gateway_domain_name" "regional" {
  domain_name              = "cakes.bakery.example"
  regional_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  mutual_tls_authentication {
    truststore_uri = "s3://bakery/trust.pem"
  }
}
