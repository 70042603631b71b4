resource "aws_route53_record" "plain" {
  zone_id = "Z0123456789"
  name    = "www.bakery.example"
  type    = "A"
  ttl     = 300
  records = ["10.0.0.1"]
}

resource "aws_route53_record" "alias" {
  zone_id = "Z0123456789"
  name    = "bakery.example"
  type    = "A"
  alias {
    name                   = "shop.bakery.example"
    zone_id                = "Z1234567890"
    evaluate_target_health = false
  }
}
