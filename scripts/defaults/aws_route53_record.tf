resource "aws_route53_record" "plain" {
  zone_id = "Z0123456789"
  name    = "www.bakery.example"
  type    = "A"
  ttl     = 300
  records = ["10.0.0.1"]
}
