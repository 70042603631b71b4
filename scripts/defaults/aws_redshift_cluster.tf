resource "aws_redshift_cluster" "plain" {
  cluster_identifier  = "orchard"
  node_type           = "ra3.large"
  master_username     = "picker"
  master_password     = "Ripe-apples1"
  skip_final_snapshot = true
}

resource "aws_redshift_cluster" "single" {
  cluster_identifier        = "orchard-pears"
  node_type                 = "dc2.large"
  cluster_type              = "multi-node"
  number_of_nodes           = 3
  master_username           = "picker"
  master_password           = "Ripe-pears1"
  final_snapshot_identifier = "orchard"
  logging {
    enable      = true
    bucket_name = "orchard-logs"
  }
  snapshot_copy {
    destination_region = "eu-west-1"
  }
}

resource "aws_redshift_cluster" "restored" {
  cluster_identifier  = "orchard-plums"
  node_type           = "ra3.xlplus"
  snapshot_identifier = "orchard"
  skip_final_snapshot = true
}
