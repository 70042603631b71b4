variable "secret" {
  type = string
}

# expect: pass
resource "aws_ecs_task_definition" "none" {
  family = "orchard-none"

  container_definitions = jsonencode([{
    name   = "press"
    image  = "orchard/press:2"
    memory = 512
  }])
}

# expect: pass
resource "aws_ecs_task_definition" "other" {
  family = "orchard-other"

  container_definitions = jsonencode([{
    name        = "press"
    image       = "orchard/press:2"
    memory      = 512
    environment = [{ name = "SORT", value = "golden" }]
  }])
}

# expect: fail
resource "aws_ecs_task_definition" "key" {
  family = "orchard-key"

  container_definitions = jsonencode([{
    name        = "press"
    image       = "orchard/press:2"
    memory      = 512
    environment = [{ name = "AWS_SECRET_ACCESS_KEY", value = var.secret }]
  }])
}

# expect: unknown
resource "aws_ecs_task_definition" "asked" {
  family = "orchard-asked"

  container_definitions = jsonencode([{
    name        = "press"
    image       = "orchard/press:2"
    memory      = 512
    environment = [{ name = var.secret, value = "golden" }]
  }])
}
