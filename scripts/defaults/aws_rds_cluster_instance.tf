resource "aws_rds_cluster_instance" "plain" {
  cluster_identifier = "orchard"
  engine             = "aurora-postgresql"
  instance_class     = "db.r5.large"
}

resource "aws_rds_cluster_instance" "mysql" {
  cluster_identifier = "orchard-mysql"
  engine             = "aurora-mysql"
  instance_class     = "db.r5.xlarge"
}
