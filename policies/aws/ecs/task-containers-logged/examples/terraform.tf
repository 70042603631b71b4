variable "driver" {
  type = string
}

# expect: fail
resource "aws_ecs_task_definition" "unsaid" {
  family = "orchard-unsaid"

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}

# expect: pass
resource "aws_ecs_task_definition" "logged" {
  family = "orchard-logged"

  container_definitions = jsonencode([{
    name             = "press"
    image            = "orchard/press:2"
    memory           = 512
    logConfiguration = { logDriver = "awslogs" }
  }])
}

# expect: unknown
resource "aws_ecs_task_definition" "asked" {
  family = "orchard-asked"

  container_definitions = jsonencode([{
    name             = "press"
    image            = "orchard/press:2"
    memory           = 512
    logConfiguration = var.driver == "awslogs" ? { logDriver = "awslogs" } : null
  }])
}
