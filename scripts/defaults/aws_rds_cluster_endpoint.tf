resource "aws_rds_cluster_endpoint" "plain" {
  cluster_identifier          = "orchard"
  cluster_endpoint_identifier = "reader"
  custom_endpoint_type        = "READER"
}
