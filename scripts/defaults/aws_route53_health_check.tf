resource "aws_route53_health_check" "plain" {
  type = "HTTPS"
  fqdn = "bakery.example"
  port = 443
}
