# expect: fail at publicly_accessible
resource "aws_db_instance" "open" {
  identifier          = "orchard-open"
  engine              = "mysql"
  instance_class      = "db.t3.medium"
  publicly_accessible = true
}

# expect: pass
resource "aws_db_instance" "inside" {
  identifier     = "orchard-inside"
  engine         = "mysql"
  instance_class = "db.t3.medium"
}

# expect: fail at publicly_accessible
resource "aws_rds_cluster_instance" "open" {
  identifier          = "orchard-cluster-open"
  cluster_identifier  = "orchard"
  engine              = "aurora-mysql"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

variable "open" {
  type = bool
}

# expect: unknown at publicly_accessible
resource "aws_db_instance" "asked" {
  identifier          = "orchard-asked"
  engine              = "mysql"
  instance_class      = "db.t3.medium"
  publicly_accessible = var.open
}
