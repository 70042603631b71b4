resource "aws_alb_target_group_attachment" "plain" {
  target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/0a1b2c3d4e5f6071"
  target_id        = "i-0a1b2c3d4e5f60718"
}
