variable "public" {
  type = bool
}

# expect: pass
resource "aws_ecs_service" "unsaid" {
  name            = "orchard-unsaid"
  cluster         = "barn"
  task_definition = "press:3"
}

# expect: fail
resource "aws_ecs_service" "open" {
  name            = "orchard-open"
  cluster         = "barn"
  task_definition = "press:3"

  network_configuration {
    subnets          = ["subnet-0aa11bb22cc33dd44"]
    assign_public_ip = true
  }
}

# expect: pass
resource "aws_ecs_service" "closed" {
  name            = "orchard-closed"
  cluster         = "barn"
  task_definition = "press:3"

  network_configuration {
    subnets          = ["subnet-0aa11bb22cc33dd44"]
    assign_public_ip = false
  }
}

# expect: unknown
resource "aws_ecs_service" "asked" {
  name            = "orchard-asked"
  cluster         = "barn"
  task_definition = "press:3"

  network_configuration {
    subnets          = ["subnet-0aa11bb22cc33dd44"]
    assign_public_ip = var.public
  }
}
