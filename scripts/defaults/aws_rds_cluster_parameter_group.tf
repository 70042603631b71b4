resource "aws_rds_cluster_parameter_group" "plain" {
  name   = "orchard"
  family = "aurora-postgresql16"
  parameter {
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_rds_cluster_parameter_group" "bare" {
  name   = "orchard-bare"
  family = "aurora-postgresql16"
}
