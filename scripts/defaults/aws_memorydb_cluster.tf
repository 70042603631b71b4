resource "aws_memorydb_cluster" "plain" {
  name      = "orchard"
  acl_name  = "open-access"
  node_type = "db.t4g.small"
}
