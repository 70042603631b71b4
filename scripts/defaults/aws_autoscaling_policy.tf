resource "aws_autoscaling_policy" "plain" {
  name                   = "rush"
  autoscaling_group_name = "bakery"
  scaling_adjustment     = 2
  adjustment_type        = "ChangeInCapacity"
}

resource "aws_autoscaling_policy" "target" {
  name                   = "steady"
  autoscaling_group_name = "bakery"
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 40
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
