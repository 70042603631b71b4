resource "aws_lb" "plain" {
  name    = "bakery"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  access_logs {
    bucket = "bakery-logs"
  }
  connection_logs {
    bucket = "bakery-logs"
  }
}

resource "aws_lb" "network" {
  name               = "bakery-network"
  load_balancer_type = "network"
  internal           = true
  subnets            = ["subnet-0a1b2c3d4e5f60718"]
}

resource "aws_lb" "gateway" {
  name               = "bakery-gateway"
  load_balancer_type = "gateway"
  subnets            = ["subnet-1a1b2c3d4e5f60718"]
}
