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
