resource "aws_docdb_cluster_instance" "plain" {
  cluster_identifier = "orchard"
  instance_class     = "db.r5.large"
}
