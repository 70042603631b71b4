variable "pid_mode" {
  type = string
}

# expect: pass
resource "aws_ecs_task_definition" "unsaid" {
  family = "orchard-unsaid"

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}

# expect: fail
resource "aws_ecs_task_definition" "host" {
  family   = "orchard-host"
  pid_mode = "host"

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}

# expect: pass
resource "aws_ecs_task_definition" "own" {
  family   = "orchard-own"
  pid_mode = "task"

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}

# expect: unknown
resource "aws_ecs_task_definition" "asked" {
  family   = "orchard-asked"
  pid_mode = var.pid_mode

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}
