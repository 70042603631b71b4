resource "aws_db_instance" "plain" {
  identifier          = "orchard"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "picker"
  password            = "ripe-apples"
  skip_final_snapshot = true
}

resource "aws_db_instance" "mysql" {
  identifier                = "orchard-mysql"
  engine                    = "mysql"
  instance_class            = "db.t3.small"
  allocated_storage         = 30
  username                  = "picker"
  password                  = "ripe-pears"
  final_snapshot_identifier = "orchard"
  blue_green_update {
  }
}

resource "aws_db_instance" "replica" {
  identifier          = "orchard-replica"
  replicate_source_db = "orchard"
  instance_class      = "db.t3.small"
  skip_final_snapshot = true
}

resource "aws_db_instance" "oracle" {
  identifier                  = "orchard-oracle"
  engine                      = "oracle-ee"
  instance_class              = "db.m5.large"
  allocated_storage           = 50
  multi_az                    = true
  username                    = "picker"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
