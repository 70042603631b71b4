resource "aws_dms_endpoint" "plain" {
  endpoint_id   = "harvest"
  endpoint_type = "source"
  engine_name   = "postgres"
  username      = "picker"
  password      = "ripe-apples"
  server_name   = "orchard.example"
  port          = 5432
  database_name = "orchard"
}
