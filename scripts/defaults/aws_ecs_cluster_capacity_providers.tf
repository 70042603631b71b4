resource "aws_ecs_cluster_capacity_providers" "plain" {
  cluster_name       = "bakery"
  capacity_providers = ["FARGATE"]
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
  }
}
