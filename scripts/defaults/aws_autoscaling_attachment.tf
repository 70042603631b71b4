resource "aws_autoscaling_attachment" "plain" {
  autoscaling_group_name = "bakery"
  lb_target_group_arn    = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/0a1b2c3d4e5f6071"
}

resource "aws_autoscaling_attachment" "classic" {
  autoscaling_group_name = "bakery"
  elb                    = "bakery"
}
