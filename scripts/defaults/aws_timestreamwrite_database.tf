resource "aws_timestreamwrite_database" "plain" {
  database_name = "harvest"
}
