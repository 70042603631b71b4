resource "aws_ecs_cluster" "plain" {
  name = "bakery"
  configuration {
    execute_command_configuration {
      log_configuration {
      }
    }
  }
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster" "bare" {
  name = "orchard-bare"
}
