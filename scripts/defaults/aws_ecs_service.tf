resource "aws_ecs_service" "plain" {
  name            = "bread"
  task_definition = "bread:1"
}

resource "aws_ecs_service" "fargate" {
  name            = "rolls"
  cluster         = "bakery"
  launch_type     = "FARGATE"
  task_definition = "rolls:1"
  desired_count   = 2
  deployment_controller {
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = ["subnet-0a1b2c3d4e5f60718"]
  }
}

resource "aws_ecs_service" "daemon" {
  name                = "cakes"
  task_definition     = "cakes:1"
  scheduling_strategy = "DAEMON"
}

resource "aws_ecs_service" "external" {
  name = "buns"
  deployment_controller {
    type = "EXTERNAL"
  }
}

resource "aws_ecs_service" "balanced" {
  name            = "pies"
  task_definition = "pies:1"
  load_balancer {
    container_name   = "oven"
    container_port   = 80
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/bakery/0a1b2c3d4e5f6071"
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
  }
}
