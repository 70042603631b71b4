resource "aws_alb_target_group" "plain" {
  name     = "bakery"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1b2c3d4e5f60718"
  health_check {
  }
  stickiness {
    type = "lb_cookie"
  }
}

resource "aws_alb_target_group" "network" {
  name     = "bakery-network"
  port     = 443
  protocol = "TLS"
  vpc_id   = "vpc-0a1b2c3d4e5f60718"
  health_check {
  }
}
