resource "aws_alb_listener_rule" "plain" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/bakery/0a1b2c3d4e5f6071/1a1b2c3d4e5f6071"
  action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern {
      values = ["/bread"]
    }
  }
}

resource "aws_alb_listener_rule" "forward" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/bakery/0a1b2c3d4e5f6071/2a1b2c3d4e5f6071"
  action {
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
  condition {
    query_string {
      value = "rye"
    }
  }
}

resource "aws_alb_listener_rule" "fixed" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/bakery/0a1b2c3d4e5f6071/3a1b2c3d4e5f6071"
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
    }
  }
  condition {
    host_header {
      values = ["bakery.example"]
    }
  }
}
