resource "aws_elb" "plain" {
  name               = "bakery"
  availability_zones = ["eu-central-1a"]
  listener {
    instance_port     = 8000
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
  access_logs {
    bucket = "bakery-logs"
  }
}

resource "aws_elb" "bare" {
  name               = "orchard-bare"
  availability_zones = ["eu-central-1a"]
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
