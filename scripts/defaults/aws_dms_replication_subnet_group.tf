resource "aws_dms_replication_subnet_group" "plain" {
  replication_subnet_group_id          = "orchard"
  replication_subnet_group_description = "orchard"
  subnet_ids                           = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
}
