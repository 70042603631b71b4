resource "aws_redshift_snapshot_copy_grant" "plain" {
  snapshot_copy_grant_name = "orchard"
}
