resource "aws_lb_listener" "plain" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/bakery/0a1b2c3d4e5f6071"
  port              = 80
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "forward" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/bakery/1a1b2c3d4e5f6071"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
  default_action {
    type = "forward"
    forward {
      stickiness {
        duration = 60
      }
      target_group {
        arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/0a1b2c3d4e5f6071"
      }
    }
  }
  mutual_authentication {
    mode = "off"
  }
}

resource "aws_lb_listener" "network" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/bakery/1a1b2c3d4e5f6071"
  port              = 53
  protocol          = "TCP_UDP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/0a1b2c3d4e5f6071"
  }
}

resource "aws_lb_listener" "fixed" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/bakery/2a1b2c3d4e5f6071"
  port              = 8080
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
    }
  }
}

resource "aws_lb_listener" "gateway" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/gwy/bakery/3a1b2c3d4e5f6071"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/1a1b2c3d4e5f6071"
  }
}
