resource "aws_acm_certificate" "plain" {
  domain_name       = "bakery.example"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "options" {
  domain_name       = "cakes.bakery.example"
  validation_method = "EMAIL"
  options {
  }
}
