resource "aws_neptune_cluster" "plain" {
  cluster_identifier  = "orchard"
  skip_final_snapshot = true
  serverless_v2_scaling_configuration {
  }
}

resource "aws_neptune_cluster" "other" {
  cluster_identifier        = "orchard-pears"
  final_snapshot_identifier = "orchard"
}
