resource "aws_db_option_group" "plain" {
  name                 = "orchard"
  engine_name          = "mysql"
  major_engine_version = "8.0"
}
