resource "aws_rds_cluster" "plain" {
  cluster_identifier  = "orchard"
  engine              = "aurora-postgresql"
  master_username     = "picker"
  master_password     = "ripe-apples"
  skip_final_snapshot = true
  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 2
  }
}

resource "aws_rds_cluster" "serverless" {
  cluster_identifier        = "orchard-mysql"
  engine                    = "aurora-mysql"
  engine_mode               = "serverless"
  master_username           = "picker"
  master_password           = "ripe-pears"
  final_snapshot_identifier = "orchard"
  scaling_configuration {
  }
}

resource "aws_rds_cluster" "multi_az" {
  cluster_identifier        = "orchard-multi-az"
  engine                    = "postgres"
  db_cluster_instance_class = "db.m6gd.large"
  allocated_storage         = 100
  storage_type              = "io1"
  iops                      = 1000
  master_username           = "picker"
  master_password           = "ripe-plums"
  skip_final_snapshot       = true
}

resource "aws_rds_cluster" "managed" {
  cluster_identifier          = "orchard-managed"
  engine                      = "aurora-mysql"
  master_username             = "picker"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
