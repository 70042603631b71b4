resource "aws_msk_cluster" "plain" {
  cluster_name           = "harvest"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    client_subnets  = ["subnet-0a1b2c3d4e5f60718"]
    instance_type   = "kafka.m5.large"
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  encryption_info {
    encryption_in_transit {
    }
  }
}

resource "aws_msk_cluster" "watched" {
  cluster_name           = "frost"
  kafka_version          = "3.5.1"
  number_of_broker_nodes = 2
  broker_node_group_info {
    client_subnets  = ["subnet-1a1b2c3d4e5f60718"]
    instance_type   = "kafka.t3.small"
    security_groups = ["sg-1a1b2c3d4e5f60718"]
    storage_info {
      ebs_storage_info {
      }
    }
  }
  client_authentication {
    sasl {
    }
    tls {
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled = false
      }
      s3 {
        enabled = false
      }
      firehose {
        enabled = false
      }
    }
  }
}
