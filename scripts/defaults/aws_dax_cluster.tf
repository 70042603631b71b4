resource "aws_dax_cluster" "plain" {
  cluster_name       = "orchard"
  iam_role_arn       = "arn:aws:iam::123456789012:role/orchard"
  node_type          = "dax.r5.large"
  replication_factor = 1
  server_side_encryption {
  }
}
