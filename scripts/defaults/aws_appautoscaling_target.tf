resource "aws_appautoscaling_target" "plain" {
  min_capacity       = 1
  max_capacity       = 4
  resource_id        = "service/bakery/bread"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}
