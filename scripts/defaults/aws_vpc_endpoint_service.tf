resource "aws_vpc_endpoint_service" "plain" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/bakery/0a1b2c3d4e5f6071"]
}

resource "aws_vpc_endpoint_service" "gateway" {
  acceptance_required        = false
  gateway_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/gwy/bakery/0a1b2c3d4e5f6071"]
}
