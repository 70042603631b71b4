resource "aws_lb_target_group" "plain" {
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

resource "aws_lb_target_group" "network" {
  name     = "bakery-network"
  port     = 443
  protocol = "TLS"
  vpc_id   = "vpc-0a1b2c3d4e5f60718"
  health_check {
  }
}

resource "aws_lb_target_group" "function" {
  name        = "bakery-function"
  target_type = "lambda"
}

resource "aws_lb_target_group" "appliance" {
  name     = "bakery-appliance"
  port     = 6081
  protocol = "GENEVE"
  vpc_id   = "vpc-0a1b2c3d4e5f60718"
  stickiness {
    type = "source_ip"
  }
  health_check {
    port     = 80
    protocol = "TCP"
  }
}

resource "aws_lb_target_group" "datagram" {
  name        = "bakery-datagram"
  port        = 53
  protocol    = "UDP"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
}
