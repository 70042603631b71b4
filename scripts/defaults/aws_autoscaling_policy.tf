resource "aws_autoscaling_policy" "plain" {
  name                   = "rush"
  autoscaling_group_name = "bakery"
  scaling_adjustment     = 2
  adjustment_type        = "ChangeInCapacity"
}
