resource "aws_rds_global_cluster" "plain" {
  global_cluster_identifier = "orchard"
  engine                    = "aurora-postgresql"
}
