# expect: fail at engine_version
resource "aws_db_instance" "old" {
  identifier     = "old"
  engine         = "postgres"
  engine_version = "14.11"
  instance_class = "db.t3.micro"
}

# expect: pass
resource "aws_db_instance" "forced" {
  identifier           = "forced"
  engine               = "postgres"
  engine_version       = "14.11"
  instance_class       = "db.t3.micro"
  parameter_group_name = aws_db_parameter_group.forced.name
}

resource "aws_db_parameter_group" "forced" {
  name   = "forced"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

# expect: unknown
resource "aws_db_instance" "away" {
  identifier           = "away"
  engine               = "postgres"
  engine_version       = "16.3"
  instance_class       = "db.t3.micro"
  parameter_group_name = "elsewhere"
}
