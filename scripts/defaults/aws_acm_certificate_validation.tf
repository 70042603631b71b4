resource "aws_acm_certificate_validation" "plain" {
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
}
