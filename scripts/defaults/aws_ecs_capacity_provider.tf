resource "aws_ecs_capacity_provider" "plain" {
  name = "bakery"
  auto_scaling_group_provider {
    auto_scaling_group_arn = "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:a:autoScalingGroupName/bakery"
    managed_scaling {
    }
  }
}
