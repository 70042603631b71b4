resource "aws_lb_cookie_stickiness_policy" "plain" {
  name          = "bread"
  load_balancer = "bakery"
  lb_port       = 80
}
