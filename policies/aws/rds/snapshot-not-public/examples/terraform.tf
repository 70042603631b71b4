# expect: fail at shared_accounts
resource "aws_db_snapshot" "open" {
  db_instance_identifier = "orchard"
  db_snapshot_identifier = "open"
  shared_accounts        = ["all"]
}

# expect: pass
resource "aws_db_snapshot" "shared" {
  db_instance_identifier = "orchard"
  db_snapshot_identifier = "shared"
  shared_accounts        = ["222222222222"]
}

variable "readers" {
  type = list(string)
}

# expect: unknown at shared_accounts
resource "aws_db_cluster_snapshot" "asked" {
  db_cluster_identifier          = "orchard"
  db_cluster_snapshot_identifier = "asked"
  shared_accounts                = var.readers
}
