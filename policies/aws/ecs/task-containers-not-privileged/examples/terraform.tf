variable "privileged" {
  type = bool
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
resource "aws_ecs_task_definition" "open" {
  family = "orchard-open"

  container_definitions = jsonencode([{
    name       = "press"
    image      = "orchard/press:2"
    memory     = 512
    privileged = true
  }])
}

# expect: pass
resource "aws_ecs_task_definition" "closed" {
  family = "orchard-closed"

  container_definitions = jsonencode([{
    name       = "press"
    image      = "orchard/press:2"
    memory     = 512
    privileged = false
  }])
}

# expect: unknown
resource "aws_ecs_task_definition" "asked" {
  family = "orchard-asked"

  container_definitions = jsonencode([{
    name       = "press"
    image      = "orchard/press:2"
    memory     = 512
    privileged = var.privileged
  }])
}
