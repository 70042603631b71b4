resource "aws_ecs_task_definition" "plain" {
  family                = "bread"
  container_definitions = jsonencode([{ name = "oven", image = "oven:1", memory = 512 }])
}

resource "aws_ecs_task_definition" "fargate" {
  family                   = "rolls"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions    = jsonencode([{ name = "oven", image = "oven:2" }])
  runtime_platform {
  }
  proxy_configuration {
    container_name = "proxy"
  }
}

resource "aws_ecs_task_definition" "shelf" {
  family                = "cakes"
  container_definitions = jsonencode([{ name = "oven", image = "oven:1", memory = 256 }])
  volume {
    name = "shelf"
    efs_volume_configuration {
      file_system_id = "fs-0a1b2c3d4e5f60718"
      authorization_config {
      }
    }
  }
}
