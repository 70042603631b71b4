resource "aws_docdb_cluster" "plain" {
  cluster_identifier  = "orchard"
  master_username     = "picker"
  master_password     = "ripe-apples"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster" "other" {
  cluster_identifier        = "orchard-pears"
  master_username           = "picker"
  master_password           = "ripe-pears"
  final_snapshot_identifier = "orchard"
}

resource "aws_docdb_cluster" "managed" {
  cluster_identifier          = "orchard-managed"
  master_username             = "picker"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
