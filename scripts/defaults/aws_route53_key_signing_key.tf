resource "aws_route53_key_signing_key" "plain" {
  hosted_zone_id             = "Z0123456789"
  key_management_service_arn = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"
  name                       = "bakery"
}
