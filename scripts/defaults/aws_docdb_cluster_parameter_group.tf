resource "aws_docdb_cluster_parameter_group" "plain" {
  name   = "orchard"
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled"
  }
}
