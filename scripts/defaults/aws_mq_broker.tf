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

resource "aws_mq_broker" "watched" {
  broker_name        = "frost"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  logs {
  }
  user {
    username = "sorter"
    password = "ripe-pears12"
  }
}
