resource "aws_alb_listener_certificate" "plain" {
  listener_arn    = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/bakery/0a1b2c3d4e5f6071/1a1b2c3d4e5f6071"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
}
