resource "aws_db_parameter_group" "plain" {
  name   = "orchard"
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_db_parameter_group" "bare" {
  name   = "orchard-bare"
  family = "postgres16"
}
