resource "aws_route53_health_check" "plain" {
  type = "HTTPS"
  fqdn = "bakery.example"
  port = 443
}

resource "aws_route53_health_check" "calculated" {
  type                   = "CALCULATED"
  child_health_threshold = 1
  child_healthchecks     = ["0a1b2c3d-1111-2222-3333-444455556666"]
}
