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
