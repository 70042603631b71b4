resource "aws_db_cluster_snapshot" "plain" {
  db_cluster_identifier          = "orchard"
  db_cluster_snapshot_identifier = "orchard-harvest"
}
