# expect: fail
resource "aws_lb" "unsaid" {
  name = "bakery-unsaid"
}

# expect: fail at drop_invalid_header_fields
resource "aws_lb" "off" {
  name                       = "bakery-off"
  load_balancer_type         = "application"
  drop_invalid_header_fields = false
}

# expect: pass
resource "aws_alb" "on" {
  name                       = "bakery-on"
  drop_invalid_header_fields = true
}

# expect: skip
resource "aws_lb" "network" {
  name               = "bakery-network"
  load_balancer_type = "network"
}

variable "drop" {
  type = bool
}

# expect: unknown at drop_invalid_header_fields
resource "aws_lb" "asked" {
  name                       = "bakery-asked"
  drop_invalid_header_fields = var.drop
}
