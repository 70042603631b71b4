resource "aws_db_snapshot" "plain" {
  db_instance_identifier = "orchard"
  db_snapshot_identifier = "orchard-harvest"
}
