resource "aws_iam_server_certificate" "plain" {
  name             = "bakery"
  certificate_body = "-----BEGIN CERTIFICATE-----"
  private_key      = "bread"
}
