resource "aws_mq_broker" "plain" {
  broker_name        = "harvest"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"
  encryption_options {
  }
  user {
    username = "picker"
    password = "ripe-apples1"
  }
}
